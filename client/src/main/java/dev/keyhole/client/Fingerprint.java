package dev.keyhole.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Computes the {@code SHA256:} fingerprint of the public key that a line of known_hosts or ssh-keyscan holds. */
final class Fingerprint {
    private static final Pattern KEY =
            Pattern.compile("(?:^|\\s)((?:ssh|ecdsa|sk)-\\S+)\\s+(AAAA[A-Za-z0-9+/=]+)");

    private Fingerprint() {}

    static Optional<String> ofLine(String line) {
        return keyIn(line).map(key -> "SHA256:" + digest(key.substring(key.indexOf(' ') + 1)));
    }

    /** The {@code type base64} part of the line. */
    static Optional<String> keyIn(String line) {
        Matcher key = KEY.matcher(line);
        return line.startsWith("#") || !key.find()
                ? Optional.empty()
                : Optional.of(key.group(1) + " " + key.group(2));
    }

    private static String digest(String base64) {
        try {
            byte[] blob =
                    Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

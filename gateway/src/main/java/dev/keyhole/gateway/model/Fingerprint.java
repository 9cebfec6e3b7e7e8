package dev.keyhole.gateway.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Names a key in logs, in the audit and to people: {@code SHA256:} and base64 without padding, as {@code ssh-keygen -l}
 * prints it.
 *
 * @throws IllegalArgumentException when the text is not one
 */
public record Fingerprint(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    public Fingerprint {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("A fingerprint is SHA256: and 43 letters of base64");
        }
    }

    /** The fingerprint of a public key in the wire format of RFC 4253, section 6.6. */
    public static Fingerprint of(byte[] blob) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return new Fingerprint(
                    "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

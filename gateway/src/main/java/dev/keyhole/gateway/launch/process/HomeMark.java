package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Five letters that tell what one home made on a machine from what another did. */
final class HomeMark {
    private static final int LETTERS = 5; // an interface's name has room for no more

    private HomeMark() {}

    static String of(Path home) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(home.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LETTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

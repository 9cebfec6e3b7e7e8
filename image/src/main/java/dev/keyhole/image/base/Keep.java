package dev.keyhole.image.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A directory of file contents by their SHA-256: what a later layer must write anew. A content is there whole or not at
 * all, and several processes may share the directory. Thread-safe.
 */
final class Keep {
    private final Path directory;

    Keep(Path directory) {
        this.directory = directory;
    }

    /** Copies all that the stream still gives. */
    Path keep(InputStream content) throws IOException {
        Files.createDirectories(directory);
        var unfinished = Files.createTempFile(directory, "unfinished-", "");
        try {
            var sha256 = sha256();
            try (var out = new DigestOutputStream(Files.newOutputStream(unfinished), sha256)) {
                content.transferTo(out);
            }
            var place = directory.resolve(HexFormat.of().formatHex(sha256.digest()));
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            return place;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

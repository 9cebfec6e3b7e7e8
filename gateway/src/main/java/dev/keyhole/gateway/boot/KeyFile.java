package dev.keyhole.gateway.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of public keys. */
final class KeyFile {
    private static final int LARGEST = 1 << 20;

    private KeyFile() {}

    /** @throws IOException when it cannot be read, or is larger than any such file */
    static List<String> lines(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException(file + " is too large for a file of keys");
            }
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    static boolean isPrivateKey(List<String> lines) {
        return lines.stream()
                .anyMatch(line ->
                        line.startsWith("-----BEGIN ") && line.contains("PRIVATE KEY")
                                || line.startsWith("PuTTY-User-Key-File"));
    }
}

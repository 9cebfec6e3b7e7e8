package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The file that signed checkpoints are appended to, oldest first, an empty line between them. Mode 0600. */
public final class Checkpoints {
    private static final Pattern BETWEEN = Pattern.compile("\n{2,}(?=keyhole-audit/)");

    private Checkpoints() {}

    /** On disk when it returns. */
    public static void append(Path file, String note) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            // Two line ends: the first closes what a crash may have cut short.
            ByteBuffer bytes =
                    ByteBuffer.wrap((out.size() == 0 ? note : "\n\n" + note).getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(false);
        }
    }

    /** The notes of a file as they stand; none when there is no file. */
    static List<String> read(Path file) throws IOException {
        return Files.exists(file) ? split(Files.readString(file)) : List.of();
    }

    static List<String> split(String notes) {
        return notes.isBlank() ? List.of() : BETWEEN.splitAsStream(notes.strip()).toList();
    }
}

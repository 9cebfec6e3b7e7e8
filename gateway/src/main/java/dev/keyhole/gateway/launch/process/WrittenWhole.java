package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A small file that a crash leaves either as it was or as it should be: temporary file, fsync, rename. */
public final class WrittenWhole {
    private WrittenWhole() {}

    /** @param mode as in {@code rw-------} */
    public static void write(Path file, String text, String mode) throws IOException {
        var permissions = PosixFilePermissions.fromString(mode);
        Path directory = file.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(directory, "." + file.getFileName(), ".new");
        try {
            try (FileChannel out = FileChannel.open(draft, WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.setPosixFilePermissions(draft, permissions);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        try (FileChannel listing = FileChannel.open(directory)) {
            listing.force(true);
        }
    }

    /** Copies a script that lies beside this class, for everybody to read. */
    static void copyResource(String name, Path file) throws IOException {
        try (InputStream text = WrittenWhole.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IOException("the program lacks " + name);
            }
            write(file, new String(text.readAllBytes(), UTF_8), "rw-r--r--");
        }
    }
}

package dev.keyhole.gateway.authlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that lines are appended to. When it is full it becomes {@code .1}, the former one {@code .2} and so on; the
 * oldest goes. When somebody else has moved it away, a new one is begun. Mode 0640. Not thread-safe.
 */
final class RotatedFile implements Closeable {
    private final Path file;
    private final long mostBytes;
    private final int kept;

    private @Nullable FileChannel channel;
    private @Nullable Object key; // which file the channel writes to

    /**
     * @param mostBytes of one file
     * @param kept how many full ones stay beside it
     */
    RotatedFile(Path file, long mostBytes, int kept) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.kept = kept;
    }

    /** Makes it where it is missing: who watches a log wants to find it. */
    void begin() throws IOException {
        current();
    }

    /** Writes lines of ASCII, each with its end. */
    void append(List<String> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(US_ASCII));
        FileChannel out = current();
        if (out.size() > 0 && out.size() + bytes.remaining() > mostBytes) {
            rotate();
            out = current();
        }
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private FileChannel current() throws IOException {
        FileChannel open = channel;
        if (open != null && keyOnDisk() != null && keyOnDisk().equals(key)) {
            return open;
        }
        close();
        open =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-r-----")));
        channel = open;
        key = keyOnDisk();
        return open;
    }

    private @Nullable Object keyOnDisk() throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .fileKey()
                : null;
    }

    private void rotate() throws IOException {
        close();
        for (int number = kept; number > 0; number--) {
            Path from = number == 1 ? file : numbered(number - 1);
            if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}

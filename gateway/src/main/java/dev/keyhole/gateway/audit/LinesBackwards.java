package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file from the last to the first, block by block, so that the latest are found as fast in a big file as
 * in a small one.
 *
 * <p>Used by one thread; it blocks on the disk. A line that is still being written does not count.
 */
final class LinesBackwards {
    private static final int BLOCK = 1 << 16;

    private final FileChannel file;
    private final long least; // no byte before this one is read
    private long start; // of what was read so far
    private String text =
            ""; // read and not given yet; one char a byte, because a block may cut a letter
    private int end; // of what is not given yet, in text

    /** @param most bytes that are looked through, counted from the end */
    LinesBackwards(FileChannel file, long most) throws IOException {
        this.file = file;
        this.start = file.size();
        this.least = Math.max(0, start - most);
        next(); // what follows the last line feed
    }

    /** The line before the one that was given last; empty at the beginning, or when enough was looked through. */
    Optional<String> next() throws IOException {
        return Optional.ofNullable(line())
                .map(line -> new String(line.getBytes(ISO_8859_1), UTF_8));
    }

    private @Nullable String line() throws IOException {
        int feed = text.lastIndexOf('\n', end - 1);
        while (feed < 0 && start > least) {
            int before = end;
            readBlock();
            feed = text.lastIndexOf('\n', end - before - 1);
        }
        if (feed < 0) {
            // Where the reading was cut short, the first line is not whole.
            String first = start == 0 && end > 0 ? text.substring(0, end) : null;
            end = 0;
            return first;
        }
        String line = text.substring(feed + 1, end);
        end = feed;
        return line;
    }

    private void readBlock() throws IOException {
        int length = (int) Math.min(BLOCK, start - least);
        start -= length;
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) > 0) {
            // read until full
        }
        text = new String(bytes.array(), ISO_8859_1) + text.substring(0, end);
        end += length;
    }
}

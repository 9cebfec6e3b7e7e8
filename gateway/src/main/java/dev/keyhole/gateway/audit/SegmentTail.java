package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * The end of a segment.
 *
 * @param lastLine the last whole one, without its line feed
 * @param tornBytes what follows it: half a line, which a crash or a full disk left
 */
record SegmentTail(Optional<String> lastLine, long tornBytes) {
    /** Far more than any line has. */
    private static final int MOST = 1 << 20;

    static SegmentTail of(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, MOST));
        long start = size - bytes.capacity();
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) > 0) {
            // read until full
        }
        // One char a byte: half a line may end within a letter.
        String text = new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
        int end = text.lastIndexOf('\n');
        if (end < 0) {
            return new SegmentTail(Optional.empty(), text.length());
        }
        String last = text.substring(text.lastIndexOf('\n', end - 1) + 1, end);
        return new SegmentTail(
                Optional.of(new String(last.getBytes(ISO_8859_1), UTF_8)),
                text.length() - end - 1L);
    }

    /** Takes off what is torn. */
    void cut(FileChannel channel) throws IOException {
        if (tornBytes > 0) {
            channel.truncate(channel.size() - tornBytes);
        }
    }
}

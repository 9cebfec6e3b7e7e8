package dev.keyhole.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Lines of UTF-8 over a socket, bounded. Not thread-safe. */
final class Lines {
    private final SocketChannel channel;
    private final ByteBuffer buffer;

    Lines(SocketChannel channel) {
        this(channel, 4096);
    }

    private Lines(SocketChannel channel, int ahead) {
        this.channel = channel;
        this.buffer = ByteBuffer.allocate(ahead).flip();
    }

    /** Reads no byte after a line's end: what follows the lines is for somebody else. */
    static Lines only(SocketChannel channel) {
        return new Lines(channel, 1);
    }

    /**
     * The next line without its end; empty at the end of the stream.
     *
     * @throws IOException when it is longer, not UTF-8, or cut off
     */
    Optional<String> read(int longest) throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int count = channel.read(buffer);
                buffer.flip();
                if (count < 0) {
                    if (line.size() > 0) {
                        throw new IOException("the line was cut off");
                    }
                    return Optional.empty();
                }
                continue;
            }
            byte next = buffer.get();
            if (next == '\n') {
                CharBuffer text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray()));
                return Optional.of(text.toString());
            }
            line.write(next);
            if (line.size() > longest) {
                throw new IOException("the line is too long");
            }
        }
    }

    /** What was read beyond the last line. */
    ByteBuffer rest() {
        return buffer;
    }

    /** Writes a line; an end of line inside it becomes a space, for a text must not look like two. */
    void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line.replace('\n', ' ') + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

package dev.keyhole.gateway.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Lines of UTF-8 over a socket, bounded. Reading is one thread's, and so is writing. */
final class BoundedLines {
    private final SocketChannel channel;
    private final int longest;
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024).flip();

    /** @param longest bytes of a line that is read */
    BoundedLines(SocketChannel channel, int longest) {
        this.channel = channel;
        this.longest = longest;
    }

    /**
     * The next line without its end; empty when the stream ends before another one begins.
     *
     * @throws NotJson when it is longer, not UTF-8, or cut off
     */
    Optional<String> read() throws IOException, NotJson {
        var line = new ByteArrayOutputStream();
        while (true) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int count = channel.read(buffer);
                buffer.flip();
                if (count < 0) {
                    if (line.size() > 0) {
                        throw new NotJson("the line was cut off");
                    }
                    return Optional.empty();
                }
                continue;
            }
            byte next = buffer.get();
            if (next == '\n') {
                return Optional.of(text(line));
            }
            line.write(next);
            if (line.size() > longest) {
                throw new NotJson("the line is longer than " + longest + " bytes");
            }
        }
    }

    private static String text(ByteArrayOutputStream line) throws NotJson {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
        } catch (CharacterCodingException e) {
            throw new NotJson("the line is not UTF-8");
        }
    }

    /** Writes a line that holds no end of line itself. */
    void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

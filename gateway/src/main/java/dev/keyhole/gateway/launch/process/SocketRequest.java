package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP/1.1 GET over a unix socket, bounded in time and size: the other side is user code. */
final class SocketRequest {
    /** @param body at most a megabyte, as it came (a chunked one with its chunk sizes) */
    record Answer(int status, String body) {}

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ?[^\n]*\n");
    private static final int MOST_BYTES = 1 << 20;

    private final Path socket;
    private final Duration patience;

    SocketRequest(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /** @throws IOException when nothing listens, or no whole answer came in time */
    Answer get(String path) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer request =
                    ByteBuffer.wrap(
                            ("GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                    .getBytes(UTF_8));
            while (request.hasRemaining()) {
                await(selector, deadline);
                channel.write(request);
            }
            key.interestOps(SelectionKey.OP_READ);
            return answer(read(channel, selector, deadline));
        }
    }

    private static byte[] read(SocketChannel channel, Selector selector, long deadline)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (bytes.size() < MOST_BYTES) {
            await(selector, deadline);
            int count = channel.read(buffer);
            if (count < 0) {
                break;
            }
            bytes.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return bytes.toByteArray();
    }

    private static void await(Selector selector, long deadline) throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new IOException("no answer in time");
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }

    private static Answer answer(byte[] bytes) throws IOException {
        String text = new String(bytes, ISO_8859_1);
        Matcher status = STATUS.matcher(text);
        int body = text.indexOf("\r\n\r\n");
        if (!status.lookingAt() || body < 0) {
            throw new IOException("this is not HTTP");
        }
        return new Answer(Integer.parseInt(status.group(1)), text.substring(body + 4));
    }
}

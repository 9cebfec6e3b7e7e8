package dev.keyhole.gateway.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ReadPendingException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritePendingException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class StreamSocketTest {
    private static final class Outcome implements CompletionHandler<Integer, String> {
        private final CompletableFuture<Integer> count = new CompletableFuture<>();

        @Override
        public void completed(Integer result, String attachment) {
            count.complete(result);
        }

        @Override
        public void failed(Throwable why, String attachment) {
            count.completeExceptionally(why);
        }

        int count() throws Exception {
            return count.get(10, TimeUnit.SECONDS);
        }
    }

    @TempDir Path directory;

    private SocketChannel far;
    private StreamSocket near;

    @BeforeEach
    void connect() throws IOException {
        var address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            near = new StreamSocket(SocketChannel.open(address));
            far = server.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
    }

    @Test
    void bytesGoBothWaysAndTheEndIsMinusOne() throws Exception {
        ByteBuffer into = ByteBuffer.allocate(100);
        Outcome reading = read(into);

        assertThat(write(text("hello")).count()).isEqualTo(5);
        ByteBuffer arrived = ByteBuffer.allocate(5);
        far.read(arrived);
        assertThat(new String(arrived.array(), US_ASCII)).isEqualTo("hello");

        far.write(text("you"));
        assertThat(reading.count()).isEqualTo(3);
        assertThat(into.position()).isEqualTo(3);

        far.shutdownOutput();
        assertThat(read(ByteBuffer.allocate(1)).count()).isEqualTo(-1);
    }

    @Test
    void aReadWaitsWhileBytesAreWritten() throws Exception {
        Outcome reading = read(ByteBuffer.allocate(1));

        assertThat(write(text("x")).count()).isEqualTo(1);

        assertThat(reading.count).isNotDone();
    }

    @Test
    void closingEndsAReadAndAWriteThatWait() throws Exception {
        Outcome reading = read(ByteBuffer.allocate(1));
        Outcome writing = fill();

        near.close();

        assertFails(reading);
        assertFails(writing);
        assertThat(near.isOpen()).isFalse();
        assertFails(read(ByteBuffer.allocate(1)));
    }

    @Test
    void theEndOfOneDirectionLeavesTheOther() throws Exception {
        near.shutdownOutput();

        assertThat(far.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        far.write(text("still"));
        assertThat(read(ByteBuffer.allocate(10)).count()).isEqualTo(5);
    }

    @Test
    void aSecondReadOrWriteAtTheSameTimeIsRefused() throws Exception {
        read(ByteBuffer.allocate(1));
        fill();

        assertThatThrownBy(() -> read(ByteBuffer.allocate(1)))
                .isInstanceOf(ReadPendingException.class);
        assertThatThrownBy(() -> write(text("x"))).isInstanceOf(WritePendingException.class);
    }

    @Test
    void aHandlerThatReadsOnNeedsNoDeeperStack() throws Exception {
        int size = 200_000;
        CompletableFuture<Integer> all = new CompletableFuture<>();
        near.read(
                ByteBuffer.allocate(1),
                0,
                TimeUnit.SECONDS,
                null,
                new CompletionHandler<Integer, Void>() {
                    private int seen;

                    @Override
                    public void completed(Integer result, Void attachment) {
                        seen += result;
                        if (seen == size) {
                            all.complete(seen);
                        } else {
                            near.read(ByteBuffer.allocate(1), 0, TimeUnit.SECONDS, null, this);
                        }
                    }

                    @Override
                    public void failed(Throwable why, Void attachment) {
                        all.completeExceptionally(why);
                    }
                });
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            far.write(bytes);
        }

        assertThat(all.get(10, TimeUnit.SECONDS)).isEqualTo(size);
    }

    @Test
    void itsAddressesAreTheLoopbacks() {
        assertThat(near.getRemoteAddress())
                .isInstanceOfSatisfying(
                        InetSocketAddress.class,
                        address -> assertThat(address.getAddress().isLoopbackAddress()).isTrue());
        assertThat(near.getLocalAddress()).isInstanceOf(InetSocketAddress.class);
    }

    private Outcome fill() throws Exception {
        while (true) {
            Outcome writing = write(ByteBuffer.allocate(1024 * 1024));
            try {
                writing.count.get(200, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                return writing;
            }
        }
    }

    private static void assertFails(Outcome outcome) {
        assertThatThrownBy(outcome::count)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
    }

    private Outcome read(ByteBuffer into) {
        Outcome outcome = new Outcome();
        AsynchronousSocketChannel socket = near;
        socket.read(into, 0, TimeUnit.SECONDS, "", outcome);
        return outcome;
    }

    private Outcome write(ByteBuffer from) {
        Outcome outcome = new Outcome();
        AsynchronousSocketChannel socket = near;
        socket.write(from, 0, TimeUnit.SECONDS, "", outcome);
        return outcome;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}

package dev.keyhole.gateway.ssh;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket that gives out connections while there are file descriptors for them, and closes others at once. An
 * accept that fails is tried again after a pause: MINA would try at once, and out of descriptors that is a loop at full
 * speed.
 *
 * <p>Thread-safe as far as its user needs it: one accept at a time. Nothing here blocks.
 */
final class Listener extends AsynchronousServerSocketChannel {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);

    private final AsynchronousServerSocketChannel socket;
    private final FileRoom room;
    private final Timers timers;
    private final AtomicLong turnedAway = new AtomicLong();
    private volatile long warnedAt = System.nanoTime() - BETWEEN_WARNINGS.toNanos();

    Listener(AsynchronousServerSocketChannel socket, FileRoom room, Timers timers) {
        super(socket.provider());
        this.socket = socket;
        this.room = room;
        this.timers = timers;
    }

    @Override
    public <A extends @Nullable Object> void accept(
            A attachment, CompletionHandler<AsynchronousSocketChannel, ? super A> user) {
        socket.accept(attachment, new Gate<A>(user));
    }

    private final class Gate<A extends @Nullable Object>
            implements CompletionHandler<AsynchronousSocketChannel, A> {
        private final CompletionHandler<AsynchronousSocketChannel, ? super A> user;

        Gate(CompletionHandler<AsynchronousSocketChannel, ? super A> user) {
            this.user = user;
        }

        @Override
        public void completed(AsynchronousSocketChannel connection, A attachment) {
            if (room.takesOneMore()) {
                user.completed(connection, attachment);
                return;
            }
            turnAway(connection);
            // At once: what waits in the backlog would otherwise wait for nothing.
            socket.accept(attachment, this);
        }

        @Override
        public void failed(Throwable why, A attachment) {
            if (!socket.isOpen()) {
                user.failed(why, attachment);
                return;
            }
            warn("The last accept failed: {}", why.toString());
            timers.after(PAUSE, () -> socket.accept(attachment, this));
        }
    }

    private void turnAway(AsynchronousSocketChannel connection) {
        long count = turnedAway.incrementAndGet();
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("{}", e.toString()); // the client has closed it already
        }
        warn("There are not enough file descriptors; connections turned away so far: {}", count);
    }

    private void warn(String text, Object value) {
        long now = System.nanoTime();
        if (now - warnedAt >= BETWEEN_WARNINGS.toNanos()) {
            warnedAt = now;
            LOG.warn(text, value);
        }
    }

    @Override
    public AsynchronousServerSocketChannel bind(@Nullable SocketAddress local, int backlog)
            throws IOException {
        socket.bind(local, backlog);
        return this;
    }

    @Override
    public <T> AsynchronousServerSocketChannel setOption(SocketOption<T> name, T value)
            throws IOException {
        socket.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return socket.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return socket.supportedOptions();
    }

    @Override
    public Future<AsynchronousSocketChannel> accept() {
        throw new UnsupportedOperationException("MINA accepts with a handler");
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return socket.getLocalAddress();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

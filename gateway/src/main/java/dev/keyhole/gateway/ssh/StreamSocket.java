package dev.keyhole.gateway.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ReadPendingException;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritePendingException;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket that MINA can use, over a plain one that blocks: Java's asynchronous sockets know TCP only, and an SSH
 * server that is reached through a unix socket needs no port. Bytes move on virtual threads, one for each direction, so no
 * thread of MINA's waits for them.
 *
 * <p>Thread-safe as far as MINA needs it: one read and one write at a time. Closing ends both. It knows no timeouts: whoever
 * talks over it has deadlines of its own. Over a unix socket its addresses are the loopback's, with port 0, because MINA's
 * users take addresses for internet addresses.
 */
public final class StreamSocket extends AsynchronousSocketChannel {
    private static final SocketAddress HERE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final SocketChannel socket;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final Direction in;
    private final Direction out;

    /**
     * @param socket connected and blocking; only this one uses it from now on
     * @throws IOException when it is closed
     */
    public StreamSocket(SocketChannel socket) throws IOException {
        super(AsynchronousChannelProvider.provider());
        this.socket = socket;
        this.local = internet(socket.getLocalAddress());
        this.remote = internet(socket.getRemoteAddress());
        this.in = new Direction(socket::read, ReadPendingException::new);
        this.out = new Direction(socket::write, WritePendingException::new);
    }

    private static SocketAddress internet(SocketAddress address) {
        return address instanceof InetSocketAddress ? address : HERE;
    }

    @Override
    public <A extends @Nullable Object> void read(
            ByteBuffer into,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Integer, ? super A> handler) {
        in.begin(into, attachment, handler);
    }

    @Override
    public <A extends @Nullable Object> void write(
            ByteBuffer from,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Integer, ? super A> handler) {
        out.begin(from, attachment, handler);
    }

    @Override
    public AsynchronousSocketChannel shutdownInput() throws IOException {
        socket.shutdownInput();
        return this;
    }

    @Override
    public AsynchronousSocketChannel shutdownOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return remote;
    }

    @Override
    public <T> AsynchronousSocketChannel setOption(SocketOption<T> name, T value)
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
    public AsynchronousSocketChannel bind(@Nullable SocketAddress address) {
        throw unused();
    }

    @Override
    public <A extends @Nullable Object> void connect(
            SocketAddress address, A attachment, CompletionHandler<Void, ? super A> handler) {
        throw unused();
    }

    @Override
    public Future<Void> connect(SocketAddress address) {
        throw unused();
    }

    @Override
    public Future<Integer> read(ByteBuffer into) {
        throw unused();
    }

    @Override
    public <A extends @Nullable Object> void read(
            ByteBuffer[] into,
            int offset,
            int length,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Long, ? super A> handler) {
        throw unused();
    }

    @Override
    public Future<Integer> write(ByteBuffer from) {
        throw unused();
    }

    @Override
    public <A extends @Nullable Object> void write(
            ByteBuffer[] from,
            int offset,
            int length,
            long timeout,
            TimeUnit unit,
            A attachment,
            CompletionHandler<Long, ? super A> handler) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException(
                "it is connected, and MINA reads and writes one buffer at a time with a handler");
    }
}

package dev.keyhole.gateway.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AsynchronousChannelProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A unix socket that MINA can listen on: its own listeners know TCP only. Every mode may connect to it; who may is decided
 * by the directory that it lies in, and by the keys.
 *
 * <p>One accept at a time, as MINA does; each waits on a virtual thread. Closing it ends a wait and removes the file.
 */
final class UnixListener extends AsynchronousServerSocketChannel {
    /** What MINA, and whoever asks for a client's address, take for the address of both ends. */
    private static final InetSocketAddress HERE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Path file;
    private final ServerSocketChannel socket;

    private UnixListener(Path file, ServerSocketChannel socket) {
        super(AsynchronousChannelProvider.provider());
        this.file = file;
        this.socket = socket;
    }

    /** @param file made at the bind; what a killed door left there is replaced */
    static UnixListener on(Path file) throws IOException {
        return new UnixListener(file, ServerSocketChannel.open(StandardProtocolFamily.UNIX));
    }

    /** @param local not looked at: the file is the address */
    @Override
    public AsynchronousServerSocketChannel bind(@Nullable SocketAddress local, int backlog)
            throws IOException {
        Files.deleteIfExists(file);
        socket.bind(UnixDomainSocketAddress.of(file), backlog);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        return this;
    }

    @Override
    public <A extends @Nullable Object> void accept(
            A attachment, CompletionHandler<AsynchronousSocketChannel, ? super A> user) {
        Thread.ofVirtual().name("accept " + file).start(() -> accepted(attachment, user));
    }

    private <A extends @Nullable Object> void accepted(
            A attachment, CompletionHandler<AsynchronousSocketChannel, ? super A> user) {
        AsynchronousSocketChannel client;
        try {
            SocketChannel channel = socket.accept();
            client = new StreamSocket(channel);
        } catch (IOException e) {
            user.failed(e, attachment);
            return;
        }
        user.completed(client, attachment);
    }

    @Override
    public Future<AsynchronousSocketChannel> accept() {
        throw new UnsupportedOperationException("MINA accepts with a handler");
    }

    /** None: none of TCP's means anything here. */
    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public <T> AsynchronousServerSocketChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException(name + " on a unix socket");
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException(name + " on a unix socket");
    }

    @Override
    public SocketAddress getLocalAddress() {
        return HERE;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        boolean first = socket.isOpen();
        socket.close();
        if (first) {
            Files.deleteIfExists(file);
        }
    }
}

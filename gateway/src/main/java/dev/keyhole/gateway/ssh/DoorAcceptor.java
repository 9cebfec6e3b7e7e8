package dev.keyhole.gateway.ssh;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.nio2.Nio2Acceptor;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;

/** MINA's acceptor with a {@link Listener} under it, because MINA's own way to accept cannot be changed from outside. */
final class DoorAcceptor extends Nio2Acceptor {
    private final FileRoom room;
    private final Timers timers;
    private final Optional<Path> socket;

    DoorAcceptor(
            Nio2ServiceFactory factory,
            PropertyResolver properties,
            IoHandler handler,
            AsynchronousChannelGroup group,
            ExecutorService resuming,
            FileRoom room,
            Timers timers,
            Optional<Path> socket) {
        super(factory, properties, handler, group, resuming);
        this.room = room;
        this.timers = timers;
        this.socket = socket;
    }

    @Override
    protected AsynchronousServerSocketChannel openAsynchronousServerSocketChannel(
            SocketAddress address, AsynchronousChannelGroup group) throws IOException {
        return new Listener(
                socket.isPresent()
                        ? UnixListener.on(socket.get())
                        : super.openAsynchronousServerSocketChannel(address, group),
                room,
                timers);
    }
}

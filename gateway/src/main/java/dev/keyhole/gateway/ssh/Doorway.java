package dev.keyhole.gateway.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.nio2.Nio2Service;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.io.nio2.Nio2Session;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.common.util.threads.NoCloseExecutor;

/**
 * MINA's sockets, with two things changed: {@link DoorAcceptor} decides who is accepted, and the thread that accepts never
 * reads. MINA's would: a client whose first bytes are there already has them handled, and a few messages more, before the
 * next connection is accepted.
 */
final class Doorway extends Nio2ServiceFactory {
    // MINA keeps its own to itself; that one stays idle.
    private final AsynchronousChannelGroup group;
    private final Timers timers;
    private final Optional<Path> socket;

    private Doorway(
            FactoryManager manager,
            CloseableExecutorService workers,
            Timers timers,
            Optional<Path> socket)
            throws IOException {
        super(manager, workers, workers);
        this.group = AsynchronousChannelGroup.withThreadPool(workers);
        this.timers = timers;
        this.socket = socket;
    }

    /**
     * For the server: each task of it is a virtual thread, so a step that waits for a disk or a start keeps nobody waiting.
     *
     * @param socket the unix socket to listen on, in place of whatever address the server is told
     */
    static IoServiceFactoryFactory of(Timers timers, Optional<Path> socket) {
        return new Nio2ServiceFactoryFactory() {
            @Override
            public Nio2ServiceFactory create(FactoryManager manager) {
                try {
                    return new Doorway(
                            manager,
                            new NoCloseExecutor(Executors.newVirtualThreadPerTaskExecutor()),
                            timers,
                            socket);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Override
    public IoAcceptor createAcceptor(IoHandler handler) {
        return autowireCreatedService(
                new DoorAcceptor(
                        this,
                        getFactoryManager(),
                        handler,
                        group,
                        getExecutorService(),
                        FileRoom.ofThisProcess(),
                        timers,
                        socket));
    }

    @Override
    public Nio2Session createSession(
            Nio2Service service,
            IoHandler handler,
            AsynchronousSocketChannel socket,
            SocketAddress address)
            throws IOException {
        return new Connection(service, getFactoryManager(), handler, socket, address);
    }

    private final class Connection extends Nio2Session {
        Connection(
                Nio2Service service,
                PropertyResolver properties,
                IoHandler handler,
                AsynchronousSocketChannel socket,
                SocketAddress address)
                throws IOException {
            super(service, properties, handler, socket, address);
        }

        @Override
        public void startReading(ByteBuffer buffer) {
            getExecutorService().execute(() -> super.startReading(buffer));
        }
    }

    @Override
    protected void doCloseImmediately() {
        try {
            group.shutdownNow();
        } catch (IOException e) {
            log.debug("{}", e.toString()); // its sockets are closed by their sessions too
        }
        super.doCloseImmediately();
    }
}

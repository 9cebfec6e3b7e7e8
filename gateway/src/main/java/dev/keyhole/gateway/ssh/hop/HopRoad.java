package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.ssh.StreamSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.nio2.Nio2Connector;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactory;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.common.util.threads.NoCloseExecutor;

/**
 * MINA's sockets for a client, with one thing changed: they come connected, so that a connect has our deadline, and may be
 * unix sockets. Each task is a virtual thread.
 */
final class HopRoad extends Nio2ServiceFactory {
    /** Where the connected socket stands in the context of a connect. */
    static final AttributeKey<StreamSocket> SOCKET = new AttributeKey<>();

    private final CloseableExecutorService workers;
    private final AsynchronousChannelGroup group; // MINA insists on one; nothing is in it

    private HopRoad(FactoryManager manager, CloseableExecutorService workers) throws IOException {
        super(manager, workers, workers);
        this.workers = workers;
        this.group = AsynchronousChannelGroup.withThreadPool(workers);
    }

    /** For a client. */
    static IoServiceFactoryFactory factory() {
        return new Nio2ServiceFactoryFactory() {
            @Override
            public Nio2ServiceFactory create(FactoryManager manager) {
                try {
                    return new HopRoad(
                            manager,
                            new NoCloseExecutor(Executors.newVirtualThreadPerTaskExecutor()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Override
    public IoConnector createConnector(IoHandler handler) {
        return autowireCreatedService(
                new Connector(this, getFactoryManager(), handler, group, workers));
    }

    @Override
    protected void doCloseImmediately() {
        try {
            group.shutdownNow();
        } catch (IOException e) {
            log.debug("{}", e.toString());
        }
        super.doCloseImmediately();
    }

    private static final class Connector extends Nio2Connector {
        Connector(
                HopRoad road,
                PropertyResolver properties,
                IoHandler handler,
                AsynchronousChannelGroup group,
                CloseableExecutorService workers) {
            super(road, properties, handler, group, workers);
        }

        @Override
        public IoConnectFuture connect(
                SocketAddress unused, AttributeRepository context, SocketAddress local) {
            StreamSocket socket = Objects.requireNonNull(context.getAttribute(SOCKET));
            IoConnectFuture future = new DefaultIoConnectFuture(socket.getRemoteAddress(), null);
            var begin =
                    createConnectionCompletionHandler(
                            future, socket, context, propertyResolver, getIoHandler());
            getExecutorService().execute(() -> begin.completed(null, null));
            return future;
        }
    }
}

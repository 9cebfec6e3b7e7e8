package dev.keyhole.gateway.operator;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.control.operator.OperatorVerbs;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the control socket and answers operators.
 *
 * <p>One thread accepts; each connection has a platform thread of its own, because the store's disk would hold a virtual
 * one's carrier; {@value #MOST_CONNECTIONS} at most.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MOST_CONNECTIONS = 64;

    private final OperatorVerbs verbs;
    private final AuditLog audit;
    private final Peers peers;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private ControlServer(
            OperatorVerbs verbs,
            AuditLog audit,
            Peers peers,
            Path socket,
            ServerSocketChannel server) {
        this.verbs = verbs;
        this.audit = audit;
        this.peers = peers;
        this.socket = socket;
        this.server = server;
    }

    /**
     * Listens and answers until {@link #close}.
     *
     * @param socket a path of at most 107 bytes in a directory that only this process's OS user may enter
     */
    public static ControlServer open(OperatorVerbs verbs, AuditLog audit, Path socket)
            throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), MOST_CONNECTIONS);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            var control = new ControlServer(verbs, audit, Peers.ofThisProcess(), socket, server);
            Thread.ofPlatform().name("control").daemon().start(control::acceptUntilClosed);
            return control;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void acceptUntilClosed() {
        while (server.isOpen()) {
            try {
                SocketChannel connection = server.accept();
                if (!connections.tryAcquire()) {
                    connection.close();
                    continue;
                }
                open.add(connection);
                Thread.ofPlatform().name("control-request").daemon().start(() -> serve(connection));
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.warn("The control socket could not accept: {}", e.getMessage());
                }
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            Optional<dev.keyhole.gateway.control.operator.Operator> who = peers.operator(channel);
            if (who.isPresent()) {
                new Conversation(verbs, who.get(), channel).run();
            } else {
                turnAway(channel);
            }
        } catch (IOException e) {
            LOG.debug("A connection to the control socket broke: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("A request to the control socket failed", e);
        } finally {
            open.remove(channel);
            connections.release();
        }
    }

    private void turnAway(SocketChannel channel) throws IOException {
        String login = peers.login(channel);
        LOG.warn("{} spoke to the control socket and was turned away", login);
        audit.record(new AuditEvent.ControlRefused(login));
        Conversation.refuseStranger(channel);
    }

    /** Takes no more requests and ends the connections that are open. */
    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
        Files.deleteIfExists(socket);
    }
}

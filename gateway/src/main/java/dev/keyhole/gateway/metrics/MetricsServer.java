package dev.keyhole.gateway.metrics;

import dev.keyhole.gateway.control.numbers.DoorNumbers;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers scrapes over HTTP on a unix socket, to which only the door's own forwards lead: the SSH port stays the only TCP
 * port.
 *
 * <p>One thread accepts; each connection has a platform thread of its own, because the store's disk would hold a virtual
 * one's carrier; {@value #MOST_CONNECTIONS} at most.
 */
public final class MetricsServer implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

    /** Two Prometheus servers, a browser, and room for connections that linger. */
    static final int MOST_CONNECTIONS = 8;

    private final Supplier<DoorNumbers> numbers;
    private final Function<DoorNumbers, String> text;
    private final Patience patience;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private MetricsServer(
            Supplier<DoorNumbers> numbers,
            Function<DoorNumbers, String> text,
            Patience patience,
            Path socket,
            ServerSocketChannel server) {
        this.numbers = numbers;
        this.text = text;
        this.patience = patience;
        this.socket = socket;
        this.server = server;
    }

    /**
     * Listens and answers until {@link #close}.
     *
     * @param socket a path of at most 107 bytes in a directory that only this process's OS user may enter
     * @param text of the numbers, for Prometheus
     */
    public static MetricsServer open(
            Path socket, Supplier<DoorNumbers> numbers, Function<DoorNumbers, String> text)
            throws IOException {
        return open(socket, numbers, text, Patience.USUAL);
    }

    static MetricsServer open(
            Path socket,
            Supplier<DoorNumbers> numbers,
            Function<DoorNumbers, String> text,
            Patience patience)
            throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), MOST_CONNECTIONS);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            var opened = new MetricsServer(numbers, text, patience, socket, server);
            Thread.ofPlatform().name("metrics").daemon().start(opened::acceptUntilClosed);
            return opened;
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
                Thread.ofPlatform().name("metrics-request").daemon().start(() -> serve(connection));
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.warn("The metrics' socket could not accept: {}", e.getMessage());
                }
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                TimedChannel channel = new TimedChannel(connection)) {
            new Scrapes(channel, patience, this::answer).run();
        } catch (IOException e) {
            LOG.debug("A scrape broke off: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A scrape failed", e);
        } finally {
            open.remove(connection);
            connections.release();
        }
    }

    private HttpAnswer answer(String path) {
        return switch (path) {
            case "/metrics" -> HttpAnswer.metrics(text.apply(numbers.get()));
            case "/healthz" -> HttpAnswer.health(numbers.get().condition());
            default -> HttpAnswer.NOT_FOUND;
        };
    }

    /** Takes no more scrapes and ends those that are under way. */
    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
        Files.deleteIfExists(socket);
    }
}

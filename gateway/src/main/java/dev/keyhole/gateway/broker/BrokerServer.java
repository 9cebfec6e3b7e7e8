package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.ban.KernelTable;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Accounts;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.OwnLoopback;
import dev.keyhole.gateway.workspace.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the door's OS user, and nobody else, use a launcher over a unix socket.
 *
 * <p>One thread accepts; each connection has a platform thread of its own, because a wait for an exit stays inside the
 * kernel. At most {@value #MOST_CONNECTIONS} at a time. Nothing that comes over the socket ends the broker.
 */
public final class BrokerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerServer.class);
    private static final int MOST_CONNECTIONS = 512;

    private final Launcher launcher;
    private final OwnLoopback ownLoopback;
    private final Accounts accounts;
    private final KernelTable drops;
    private final Set<ServiceName> services;
    private final UserPrincipal door;
    private final UserPrincipal root;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);

    private BrokerServer(
            Launcher launcher,
            OwnLoopback ownLoopback,
            Accounts accounts,
            KernelTable drops,
            Set<ServiceName> services,
            UserPrincipal door,
            UserPrincipal root,
            Path socket,
            ServerSocketChannel server) {
        this.launcher = launcher;
        this.ownLoopback = ownLoopback;
        this.accounts = accounts;
        this.drops = drops;
        this.services = Set.copyOf(services);
        this.door = door;
        this.root = root;
        this.socket = socket;
        this.server = server;
    }

    /**
     * Listens and serves until {@link #close}.
     *
     * @param services the only services that may be named
     * @param doorUid the only OS user that is heard
     * @param socket a free path of at most 107 bytes in a directory where nobody but us may write; it becomes the
     *     door's, mode 0600
     */
    public static BrokerServer open(
            Launcher launcher,
            OwnLoopback ownLoopback,
            Accounts accounts,
            KernelTable drops,
            Set<ServiceName> services,
            long doorUid,
            Path socket)
            throws IOException {
        UserPrincipal door = user(doorUid);
        UserPrincipal root = user(0);
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), 64);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            Files.setAttribute(socket, "unix:uid", (int) doorUid, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var broker =
                new BrokerServer(
                        launcher,
                        ownLoopback,
                        accounts,
                        drops,
                        services,
                        door,
                        root,
                        socket,
                        server);
        Thread.ofPlatform().name("broker").start(broker::acceptUntilClosed);
        return broker;
    }

    private static UserPrincipal user(long uid) throws IOException {
        return FileSystems.getDefault()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(Long.toString(uid));
    }

    private void acceptUntilClosed() {
        while (server.isOpen()) {
            try {
                SocketChannel connection = server.accept();
                if (!connections.tryAcquire()) {
                    connection.close();
                    continue;
                }
                Thread.ofPlatform()
                        .name("broker-request")
                        .daemon()
                        .start(() -> answerAndClose(connection));
            } catch (IOException e) {
                if (server.isOpen()) {
                    LOG.warn("The broker could not accept a connection: {}", e.getMessage());
                }
            }
        }
    }

    private void answerAndClose(SocketChannel connection) {
        try (connection) {
            UserPrincipal peer = connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            if (!peer.equals(door) && !peer.equals(root)) {
                LOG.warn("Somebody else than the door connected to the broker and was turned away");
                return;
            }
            var lines = Lines.only(connection); // what follows a "connect" is not ours to read
            Optional<String> line = lines.read(Request.LONGEST);
            if (line.isEmpty()) {
                return; // the door only looks whether somebody answers
            }
            var request = line.flatMap(Request::parse).filter(parsed -> isAllowed(parsed, peer));
            if (request.isPresent()) {
                answer(request.get(), lines, connection);
            } else {
                LOG.warn("The door sent what is no request; its connection is closed");
            }
        } catch (IOException e) {
            LOG.debug("A connection to the broker broke: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("A request to the broker failed", e);
        } finally {
            connections.release();
        }
    }

    private boolean isAllowed(Request request, UserPrincipal peer) {
        return switch (request) {
            case Request.Start start -> services.contains(start.service());
            case Request.Stop stop -> services.contains(stop.service());
            case Request.Await await -> services.contains(await.service());
            case Request.Log log -> services.contains(log.service());
            case Request.Prepare prepare -> true;
            case Request.Retire retire -> true;
            case Request.Running running -> true;
            case Request.Limits limits -> true;
            case Request.Isolation isolation -> true;
            case Request.Kills kills -> true;
            case Request.Step step -> true;
            case Request.Connect connect -> true;
            case Request.Exec exec -> true;
            case Request.EndCommands end -> true;
            case Request.Drop drop -> true;
            case Request.Lift lift -> true;
            case Request.LiftAll all -> true;
            case Request.RequireTable table -> true;
            case Request.MapUser map -> peer.equals(root);
            case Request.UnmapUser unmap -> peer.equals(root);
        };
    }

    private void answer(Request request, Lines lines, SocketChannel connection)
            throws IOException, InterruptedException {
        try {
            switch (request) {
                case Request.Prepare(var owner) -> launcher.prepare(owner);
                case Request.Retire(var owner) -> launcher.retire(owner);
                case Request.Limits(var owner, var resources) -> launcher.limit(owner, resources);
                case Request.Isolation(var owner) -> {
                    for (IsolationPart part : launcher.isolation(owner)) {
                        lines.write(cut(AnswerLine.of(part)));
                    }
                }
                case Request.Exec(var owner) -> {
                    ExecSession.serve(owner, launcher, new Frames(connection, lines.rest()));
                    return;
                }
                case Request.Kills(var owner) ->
                        lines.write(AnswerLine.LINE + launcher.outOfMemoryKills(owner));
                case Request.Step(var owner) ->
                        writeLog(launcher.step(owner).stream().toList(), lines);
                case Request.Connect(var owner, int port) -> {
                    connect(owner, port, lines, connection);
                    return;
                }
                case Request.MapUser(var owner, var account) -> accounts.map(owner, account);
                case Request.UnmapUser(var owner) -> accounts.unmap(owner);
                case Request.Start(var owner, var service) ->
                        lines.write(AnswerLine.of(launcher.start(owner, service)));
                case Request.Running(var owner) -> {
                    for (RunningService running : launcher.running(owner)) {
                        lines.write(AnswerLine.of(running));
                    }
                }
                case Request.Stop(var owner, var service) -> launcher.stop(owner, service);
                case Request.Await await -> awaitExit(await);
                case Request.EndCommands(var owner) -> launcher.endCommands(owner);
                case Request.Log(var owner, var service, int count) ->
                        writeLog(launcher.log(owner, service, count), lines);
                case Request.Drop(var source, long seconds) ->
                        change(() -> drops.drop(source, Duration.ofSeconds(seconds)));
                case Request.Lift(var source) -> change(() -> drops.lift(source));
                case Request.LiftAll all -> change(drops::liftAll);
                case Request.RequireTable table -> change(drops::requireTable);
            }
            lines.write(AnswerLine.DONE);
        } catch (LaunchFailure e) {
            writeLog(e.lastLog(), lines);
            lines.write(cut(AnswerLine.FAILED + e.getMessage()));
        } catch (UncheckedIOException e) {
            LOG.error("A request to the broker failed", e);
            lines.write(cut(AnswerLine.FAILED + e.getMessage()));
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    /** What the kernel does not take is told to the door; its own end of the line may break as well. */
    private static void change(Change change) throws LaunchFailure {
        try {
            change.make();
        } catch (IOException e) {
            throw new LaunchFailure(String.valueOf(e.getMessage()), List.of());
        }
    }

    private void connect(PrincipalName owner, int port, Lines lines, SocketChannel connection)
            throws IOException, InterruptedException {
        Optional<SocketChannel> listener;
        try {
            listener = ownLoopback.connect(owner, port);
        } catch (IOException e) {
            lines.write(cut(AnswerLine.FAILED + e.getMessage()));
            return;
        }
        if (listener.isEmpty()) {
            lines.write(AnswerLine.DONE);
            return;
        }
        try (SocketChannel own = listener.get()) {
            lines.write(AnswerLine.CONNECTED);
            new Relay(connection, own).untilEnd();
        }
    }

    /** A process that is no service of that principal is not waited for: the door learns nothing about strangers. */
    private void awaitExit(Request.Await await) throws InterruptedException {
        for (RunningService running : launcher.running(await.owner())) {
            if (running.service().equals(await.service())
                    && running.pid() == await.pid()
                    && running.startTime() == await.startTime()) {
                launcher.awaitExit(running);
            }
        }
    }

    private static void writeLog(Iterable<String> log, Lines lines) throws IOException {
        for (String line : log) {
            lines.write(cut(AnswerLine.LINE + line));
        }
    }

    /** A char is at most three bytes of UTF-8. */
    private static String cut(String line) {
        return line.length() <= AnswerLine.LONGEST / 3
                ? line
                : line.substring(0, AnswerLine.LONGEST / 3);
    }

    /** Takes no more requests; the services go on. */
    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}

package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.Judge;
import dev.keyhole.gateway.access.KeyRing;
import dev.keyhole.gateway.access.Limits;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.access.SharedAddressRules;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.ban.FailureLog;
import dev.keyhole.gateway.ban.Guard;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.control.MemberVerbs;
import dev.keyhole.gateway.control.Sessions;
import dev.keyhole.gateway.control.numbers.DoorUse;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.LoopbackPlaces;
import dev.keyhole.gateway.workspace.OwnLoopback;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.file.nonefs.NoneFileSystemFactory;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.kex.extension.DefaultServerKexExtensionHandler;
import org.apache.sshd.common.random.SingletonRandomFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerUserAuthServiceFactory;

/** The SSH server: listens, drains, closes. Everything that MINA would do by default is set here, or switched off. */
public final class Door implements Closeable {
    /** MINA's server, with a way to stop listening while sessions go on. */
    private static final class Server extends SshServer {
        void stopListening() {
            acceptor.unbind();
        }
    }

    private static final class NeverOpened implements ChannelFactory {
        @Override
        public String getName() {
            return "never-opened@keyhole.dev";
        }

        @Override
        public Channel createChannel(Session session) throws IOException {
            throw new IOException("Channels are opened by DoorConnection");
        }
    }

    private static final String IDENTIFICATION = "Keyhole";

    private final Server server = new Server();
    private final Timers timers = new Timers();
    private final HostKeys hostKeys;
    private final Watch watch;
    private final Sessions live;
    private final Carried carried = new Carried();
    private volatile boolean draining;

    /**
     * Wires the steps; nothing listens yet.
     *
     * @param shells who may have shell, commands and sftp, asked at every request
     * @param metrics where this door answers with its own numbers, if it does
     * @throws IllegalStateException when the expected algorithms are not all there
     */
    public Door(
            ListenAddress listen,
            HostKeys hostKeys,
            KeyRing keys,
            Judge judge,
            ServiceCatalog catalog,
            Workspaces workspaces,
            OwnLoopback ownLoopback,
            LoopbackPlaces loopbacks,
            Hops hops,
            MemberVerbs verbs,
            AuditLog audit,
            Guard guard,
            FailureLog failures,
            Limits limits,
            Predicate<Authenticated> shells,
            SharedAddressRules sharedRules,
            Optional<Endpoint.Unix> metrics,
            Duration unusedAfter,
            Clock clock) {
        this.hostKeys = hostKeys;
        this.watch = new Watch(judge, unusedAfter);
        this.live = new LiveSessions(this::sessions, clock);
        server.setHost(listen.address().getHostAddress());
        server.setPort(listen.port());
        server.setKeyPairProvider(hostKeys.provider());
        Algorithms.apply(server, ServerBuilder.DH2KEX);
        int mostChannels =
                listen.socket().isPresent()
                        ? DoorConnection.MOST_CHANNELS_OF_A_GATEWAY
                        : DoorConnection.MOST_CHANNELS;
        applyLimits(mostChannels);
        server.setIoServiceFactoryFactory(Doorway.of(timers, listen.socket()));
        switchOffTheRest();

        Admit admit =
                new Admit(
                        server,
                        guard,
                        new Offences(keys::isLogin),
                        new TurnAway(IDENTIFICATION, timers),
                        audit,
                        failures,
                        timers,
                        clock);
        server.setSessionFactory(admit);
        Usage usage = new Usage(limits);
        SessionLimit sessionLimit = new SessionLimit(limits, usage, clock);
        List<UserAuthFactory> publickeyOnly =
                List.of(Authenticate.factory(keys, audit, clock, admit, sessionLimit, workspaces));
        server.setUserAuthFactories(publickeyOnly);
        server.setPublickeyAuthenticator(Authenticate::isCandidate);

        RefuseRest refuseRest = new RefuseRest(audit);
        ForwardPath path =
                new ForwardPath(
                        new Authorize(judge),
                        new ForwardLimit(limits, usage),
                        new Resolve(workspaces, loopbacks, metrics),
                        new Forward(ownLoopback, hops, sharedRules, timers, Forward.PATIENCE),
                        carried,
                        new Close(audit, workspaces));
        CommandDesk commands = new CommandDesk(shells, workspaces, usage, audit);
        MemberDesk desk =
                new MemberDesk(
                        verbs, new StatusPage(workspaces, catalog, clock), commands, refuseRest);
        server.setServiceFactories(
                List.of(
                        ServerUserAuthServiceFactory.INSTANCE,
                        new ConnectionServiceFactory(
                                new ChannelKinds(path, desk),
                                refuseRest,
                                () -> draining,
                                judge::standing,
                                hostKeys,
                                mostChannels)));
    }

    /** Deadlines and idle limits are ours ({@link Admit}, {@link Watch}): MINA's follow the wall clock or can be reset. */
    private void applyLimits(int mostChannels) {
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, IDENTIFICATION);
        CoreModuleProperties.AUTH_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.DISCONNECT_TIMEOUT.set(server, Duration.ofSeconds(2));
        CoreModuleProperties.CHANNEL_CLOSE_TIMEOUT.set(server, Duration.ofSeconds(5));
        CoreModuleProperties.STOP_WAIT_TIME.set(server, Duration.ofSeconds(3));
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, mostChannels);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.SOCKET_BACKLOG.set(server, 1024);
    }

    private void switchOffTheRest() {
        server.setPasswordAuthenticator(null);
        server.setKeyboardInteractiveAuthenticator(null);
        server.setHostBasedAuthenticator(null);
        server.setGSSAuthenticator(null);
        server.setShellFactory(null);
        server.setCommandFactory(null);
        server.setSubsystemFactories(List.of());
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setAgentFactory(null);
        // MINA insists on a list that is not empty; DoorConnection opens channels itself and never
        // asks it.
        server.setChannelFactories(List.of(new NeverOpened()));
        server.setFileSystemFactory(NoneFileSystemFactory.INSTANCE);
        server.setRandomFactory(new SingletonRandomFactory(SecurityUtils.getRandomFactory()));
        server.setKexExtensionHandler(DefaultServerKexExtensionHandler.INSTANCE);
        server.setGlobalRequestHandlers(
                List.of(
                        KeepAliveHandler.INSTANCE,
                        NoMoreSessionsHandler.INSTANCE,
                        hostKeys.proof()));
    }

    /** Listens from now on. */
    public void open() throws IOException {
        server.start();
        timers.every(Watch.PERIOD, () -> watch.look(sessions()));
        timers.every(Watch.JUDGE_PERIOD, this::judgeAgain);
    }

    /** Ends every session that may not go on as of now. Returns at once; thread-safe. */
    public void judgeAgainSoon() {
        timers.after(Duration.ZERO, this::judgeAgain);
    }

    private void judgeAgain() {
        watch.judge(sessions());
    }

    /** The port that it listens on, also when the system chose it. */
    public int port() {
        return server.getPort();
    }

    public Fingerprint hostKeyFingerprint() {
        return hostKeys.active().fingerprint();
    }

    /** The sessions of this door, for operators. */
    public Sessions live() {
        return live;
    }

    /** What is open now, and what was carried so far; thread-safe. */
    public DoorUse use() {
        return Headcount.of(sessions(), carried, draining);
    }

    /** How many forwards are open now. */
    public int openForwards() {
        return sessions().stream().mapToInt(Door::forwards).sum();
    }

    /**
     * Lets go: takes nothing new, ends sessions as soon as they have no forward, and all others at the deadline. Returns
     * when nobody is left.
     */
    public void drain(Duration patience) throws InterruptedException {
        draining = true;
        server.stopListening();
        long deadline = System.nanoTime() + patience.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!sessions().isEmpty() && System.nanoTime() < deadline) {
            sessions().stream().filter(session -> forwards(session) == 0).forEach(Door::sayGoodbye);
            if (never.await(50, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this latch down");
            }
        }
        sessions().forEach(Door::sayGoodbye);
    }

    private static void sayGoodbye(DoorSession session) {
        if (session.ending().isEmpty()) {
            session.end(Refusal.of(Code.DRAINING, "the door closes"));
        }
    }

    private static int forwards(DoorSession session) {
        if (session.principal().isEmpty()) {
            return 0; // MINA has no services yet, and throws when asked for one
        }
        DoorConnection connection = session.getService(DoorConnection.class);
        return connection == null ? 0 : connection.forwards();
    }

    private List<DoorSession> sessions() {
        List<AbstractSession> active =
                Objects.requireNonNullElse(server.getActiveSessions(), List.of());
        return active.stream().map(DoorSession::of).toList();
    }

    /** Ends every session at once. */
    @Override
    public void close() throws IOException {
        server.stop(true);
        timers.close();
    }
}

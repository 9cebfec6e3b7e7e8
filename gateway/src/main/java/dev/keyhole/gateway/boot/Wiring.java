package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.ConfiguredRoster;
import dev.keyhole.gateway.access.Judge;
import dev.keyhole.gateway.access.KeyRing;
import dev.keyhole.gateway.access.KeyRules;
import dev.keyhole.gateway.access.Limits;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.Principals;
import dev.keyhole.gateway.access.RosterProblem;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.access.SharedAddressRules;
import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.audit.Retention;
import dev.keyhole.gateway.ban.BansUnavailable;
import dev.keyhole.gateway.ban.Drops;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.config.TimeSpan;
import dev.keyhole.gateway.control.MemberVerbs;
import dev.keyhole.gateway.control.Sessions;
import dev.keyhole.gateway.control.numbers.Checkup;
import dev.keyhole.gateway.control.numbers.Numbers;
import dev.keyhole.gateway.control.operator.Environments;
import dev.keyhole.gateway.control.operator.OperatorVerbs;
import dev.keyhole.gateway.launch.attached.HostTrial;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.operator.ControlServer;
import dev.keyhole.gateway.ssh.Door;
import dev.keyhole.gateway.ssh.HostKeys;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.IdleRule;
import dev.keyhole.gateway.workspace.IdleWatch;
import dev.keyhole.gateway.workspace.Idleness;
import dev.keyhole.gateway.workspace.Keeps;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.MemoryWatch;
import dev.keyhole.gateway.workspace.OwnLoopback;
import dev.keyhole.gateway.workspace.Patience;
import dev.keyhole.gateway.workspace.RunningWorkspaces;
import dev.keyhole.gateway.workspace.ServiceProbe;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.Workspaces;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One door, wired by hand from top to bottom. Made, then {@link #start}ed, then {@link #drain}ed, then {@link #close}d,
 * by one thread.
 */
public final class Wiring implements Closeable {
    private static final Duration BETWEEN_MEMORY_LOOKS = Duration.ofSeconds(5);

    /**
     * What the door needs of the machine; the privileged side or this process gives it.
     *
     * @param power whether that side answers
     */
    public record Machine(
            Launcher launcher,
            ServiceProbe probe,
            OwnLoopback ownLoopback,
            Environments environments,
            Checkup.Part power,
            Drops drops) {}

    private final HomeLayout home;
    private final Records records;
    private final GuardRounds guard;
    private final Principals principals;
    private final Workspaces workspaces;
    private final OperatorVerbs operatorVerbs;
    private final FarSide far;
    private final Door door;
    private final MetricsHere metrics;
    private final AtomicInteger ownPort; // the judge must know it, also when the system chooses it
    private final MemoryWatch memoryWatch;
    private final Optional<IdleWatch> idleWatch;
    private final Duration betweenIdleLooks;
    private final Optional<Retention> retention;
    private final ScheduledExecutorService housekeeping =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("housekeeping").daemon().factory());

    private @Nullable ControlServer control; // from start to close

    private Wiring(
            HomeLayout home,
            Records records,
            GuardRounds guard,
            Principals principals,
            Workspaces workspaces,
            OperatorVerbs operatorVerbs,
            FarSide far,
            Door door,
            MetricsHere metrics,
            AtomicInteger ownPort,
            MemoryWatch memoryWatch,
            Optional<IdleWatch> idleWatch,
            Duration betweenIdleLooks,
            Optional<Retention> retention) {
        this.home = home;
        this.records = records;
        this.guard = guard;
        this.principals = principals;
        this.workspaces = workspaces;
        this.operatorVerbs = operatorVerbs;
        this.far = far;
        this.door = door;
        this.metrics = metrics;
        this.ownPort = ownPort;
        this.memoryWatch = memoryWatch;
        this.idleWatch = idleWatch;
        this.betweenIdleLooks = betweenIdleLooks;
        this.retention = retention;
    }

    /**
     * Wires a door; nothing listens and nothing is started yet.
     *
     * @param keys the usable keys of every principal of the config
     * @throws IOException with a message for the operator, when the audit or the host key cannot be used
     */
    public static Wiring of(
            Config config, Map<PrincipalName, List<AuthorizedKey>> keys, Machine here, Clock clock)
            throws IOException {
        HomeLayout home = new HomeLayout(config.home());
        ListenAddress listen = config.listen();
        HostKeys hostKeys = HostKeys.loadOrMake(home.hostKey());
        KeyRules keyRules = new KeyRules(config.rsaMin(), ZoneId.systemDefault());
        Records records = Records.open(home, keyRules, config.audit(), clock);
        AuditLog audit = records.audit();
        try {
            AtomicInteger ownPort = new AtomicInteger(listen.port());
            FarSide far = FarSide.of(home, config.launcher(), records.store(), here);
            Machine machine = far.machine();
            Principals principals =
                    Principals.open(
                            records.store(),
                            new ConfiguredRoster(keys, shells(config), clock.instant()));
            KeyRing keyRing = new KeyRing(principals::now, config.rsaMin());
            GuardRounds guard =
                    GuardRounds.begin(
                            config.ban(), records.store().bans(), machine.drops(), audit, clock);
            SharedAddressRules sharedRules = SharedPlaces.rules(home, ownPort::get);
            ServiceCatalog catalog =
                    new ServiceCatalog(config.services().ports())
                            .withMetrics(config.metrics().service());
            Judge judge =
                    new Judge(
                            catalog,
                            config.services().ownLoopback(),
                            port -> port == ownPort.get(),
                            principals::now,
                            who -> keyRing.standing(who, clock.instant()));
            Limits limits = new Limits(principals::now, ConfiguredLimits.of(config));
            RunningWorkspaces running =
                    new RunningWorkspaces(
                            config.workspace().most().stream().mapToInt(most -> most).findFirst(),
                            owner -> limits.of(owner).workspaces());
            Workspaces workspaces =
                    new Workspaces(owner -> workspace(owner, catalog, machine, audit, running));
            IdleRule idleRule =
                    new IdleRule(config.workspace().idleAfter().map(TimeSpan::duration));
            Keeps keeps = new Keeps(home.keeps(), clock);
            Idleness idleness = new Idleness(machine.probe(), idleRule, keeps);
            Optional<Endpoint.Unix> metricsAt = MetricsHere.at(config, home);
            CompletableFuture<Sessions> live = new CompletableFuture<>();
            MemberVerbs verbs =
                    MembersDesk.of(
                            config,
                            principals,
                            catalog,
                            workspaces,
                            new MembersDesk.Rest(idleness, idleRule, keeps, limits),
                            live,
                            guard.guard().desk(),
                            audit,
                            clock);
            Door door =
                    new Door(
                            listen,
                            hostKeys,
                            keyRing,
                            judge,
                            catalog,
                            workspaces,
                            machine.ownLoopback(),
                            far.launchers(),
                            far.hops(),
                            verbs,
                            audit,
                            guard.guard(),
                            records.authLog(),
                            limits,
                            who -> mayHaveShell(principals, keyRing, who),
                            sharedRules,
                            metricsAt,
                            config.sessions().unusedAfter().duration(),
                            clock);
            live.complete(door.live());
            Numbers numbers =
                    NumbersHere.of(
                            home, hostKeys, records, machine, guard.guard(), door, workspaces);
            principals.onChange(door::judgeAgainSoon);
            Optional<IdleWatch> idleWatch =
                    idleRule.idleAfter()
                            .map(after ->
                                    new IdleWatch(workspaces, idleness, idleRule, audit, clock));
            OperatorVerbs operatorVerbs =
                    OperatorDesk.of(
                            principals,
                            records.store()::copy,
                            catalog,
                            workspaces,
                            machine.environments(),
                            keeps,
                            door.live(),
                            guard.guard().desk(),
                            numbers,
                            new OperatorDesk.Rules(keyRules, sharedRules::refusal),
                            new OperatorDesk.Attaching(
                                    far.attachments(),
                                    new HopKeyFiles(home),
                                    far.hops(),
                                    new HostTrial(far.probe())),
                            audit,
                            records.index(),
                            records.file()::checkpoint,
                            records.file().names(),
                            clock);
            return new Wiring(
                    home,
                    records,
                    guard,
                    principals,
                    workspaces,
                    operatorVerbs,
                    far,
                    door,
                    new MetricsHere(metricsAt, numbers),
                    ownPort,
                    new MemoryWatch(workspaces, machine.launcher(), audit),
                    idleWatch,
                    idleRule.period(),
                    records.retention(config.audit().retain().map(TimeSpan::duration), clock));
        } catch (RosterProblem | StoreUnavailable | BansUnavailable e) {
            records.close();
            throw new IOException(e.getMessage(), e);
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
    }

    private static Map<PrincipalName, Boolean> shells(Config config) {
        Map<PrincipalName, Boolean> shells = new TreeMap<>();
        config.principals()
                .forEach((name, given) -> given.shell().ifPresent(may -> shells.put(name, may)));
        return shells;
    }

    private static boolean mayHaveShell(Principals principals, KeyRing keyRing, Authenticated who) {
        return principals.now().principal(who.principal()).filter(Principal::shell).isPresent()
                && keyRing.permitsCommands(who);
    }

    private static Workspace workspace(
            PrincipalName owner,
            ServiceCatalog catalog,
            Machine machine,
            AuditLog audit,
            RunningWorkspaces running) {
        return new Workspace(
                owner,
                catalog.ports().keySet(),
                machine.launcher(),
                machine.probe(),
                audit,
                Patience.DEFAULT,
                running);
    }

    /**
     * Adopts what runs, then listens.
     *
     * @throws java.net.BindException when the port is taken
     * @throws IOException when the audit cannot be written
     */
    public void start(String version) throws IOException {
        principals.now().principals().stream()
                .map(Principal::name)
                .forEach(owner -> workspaces.of(owner).adopt());
        door.open();
        ownPort.set(door.port());
        try {
            records.audit()
                    .write(
                            new AuditEvent.DoorStarted(
                                    version,
                                    String.valueOf(door.port()),
                                    door.hostKeyFingerprint()));
        } catch (AuditUnavailable e) {
            throw new IOException(e.getMessage(), e);
        }
        Path socket =
                ControlPlace.socket(home)
                        .orElseThrow(
                                () -> new IOException("there is no place for its control socket"));
        control = ControlServer.open(operatorVerbs, records.audit(), socket);
        metrics.open();
        retention.ifPresent(
                one -> housekeeping.scheduleWithFixedDelay(one::look, 0, 1, TimeUnit.HOURS));
        housekeeping.scheduleWithFixedDelay(
                records.refusals()::sumUpWhatIsOver, 1, 1, TimeUnit.MINUTES);
        housekeeping.scheduleWithFixedDelay(
                memoryWatch::look,
                BETWEEN_MEMORY_LOOKS.toMillis(),
                BETWEEN_MEMORY_LOOKS.toMillis(),
                TimeUnit.MILLISECONDS);
        idleWatch.ifPresent(watch ->
                housekeeping.scheduleWithFixedDelay(
                        watch::look,
                        betweenIdleLooks.toMillis(),
                        betweenIdleLooks.toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    /** The port that it listens on. */
    public int port() {
        return door.port();
    }

    /** What people compare when they connect for the first time. */
    public Fingerprint hostKeyFingerprint() {
        return door.hostKeyFingerprint();
    }

    /** How many forwards are open now: whom a drain would wait for. */
    public int openForwards() {
        return door.openForwards();
    }

    /** Takes nothing new and waits, at most that long, until the open forwards have ended. */
    public void drain(Duration patience) throws InterruptedException {
        door.drain(patience);
    }

    /** Ends the door. Workspaces go on; the next door adopts them. */
    @Override
    public void close() throws IOException {
        housekeeping.shutdownNow();
        if (control != null) {
            control.close();
        }
        metrics.close();
        workspaces.all().forEach(Workspace::release);
        door.close();
        far.close();
        guard.close();
        records.end("closed in order");
    }
}

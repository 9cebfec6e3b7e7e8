package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.ban.Drops;
import dev.keyhole.gateway.broker.BrokerClient;
import dev.keyhole.gateway.broker.QueuedDrops;
import dev.keyhole.gateway.config.ByteSize;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.config.LauncherKind;
import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.launch.container.ContainerLauncher;
import dev.keyhole.gateway.launch.process.Confinement;
import dev.keyhole.gateway.launch.process.Installations;
import dev.keyhole.gateway.launch.process.JupyterEnvironment;
import dev.keyhole.gateway.launch.process.JupyterProgram;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.launch.process.OsUsers;
import dev.keyhole.gateway.launch.process.PacketDrops;
import dev.keyhole.gateway.launch.process.ProcessLauncher;
import dev.keyhole.gateway.launch.process.SocketProbe;
import dev.keyhole.gateway.launch.process.TensorBoardProgram;
import dev.keyhole.gateway.launch.process.UserMap;
import dev.keyhole.gateway.launch.process.UserMapping;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.OwnLoopback;
import dev.keyhole.gateway.workspace.Resources;
import dev.keyhole.wire.ExitStatus;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Linux machine that this process runs on, with workspaces as processes. Thread-safe. */
public final class ThisMachine implements Ground {
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(2);
    static final String WITHOUT_ROOT = "Without root the kernel's packet rules are not ours.";
    private static final Path HOME_ITSELF = Path.of("");

    /** Where workspaces are containers nobody has a loopback on this machine. */
    private static final OwnLoopback NOBODYS = (owner, port) -> Optional.empty();

    private final OsUsers users = OsUsers.ofThisProcess();
    private final Surroundings surroundings;

    // Guarded by this.
    private @Nullable Confinement confinement;
    private Path home = HOME_ITSELF;

    public ThisMachine() {
        this(Surroundings.MACHINE);
    }

    ThisMachine(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public boolean separatesUsers() {
        return users.separate();
    }

    @Override
    public Optional<OsUser> separateDoor() throws CannotStart {
        try {
            return separatesUsers() ? Optional.of(users.ensureDoor()) : Optional.empty();
        } catch (LaunchFailure e) {
            throw explained(e);
        }
    }

    @Override
    public void prepare(Config config, boolean tensorflow, ProgressLine progress)
            throws CannotStart {
        if (config.launcher() == LauncherKind.CONTAINER) {
            EngineSide.prepare(config, door());
            return;
        }
        HomeLayout home = new HomeLayout(config.home());
        JupyterEnvironment jupyter = jupyter(home);
        for (PrincipalName owner : config.principals().keySet()) {
            try {
                progress.step("preparing the workspace of " + owner);
                users(home).ensure(owner, home.workspaceHome(owner));
                jupyter.ensure(owner, tensorflow, progress::step);
            } catch (LaunchFailure e) {
                throw explained(e);
            }
        }
    }

    private static CannotStart explained(LaunchFailure e) {
        String log = e.lastLog().isEmpty() ? "" : String.join("\n", e.lastLog()) + "\n";
        return new CannotStart(ExitStatus.FAILED, log + e.getMessage(), e);
    }

    private OsUser door() throws CannotStart {
        return separateDoor().orElseGet(OsUser::current);
    }

    @Override
    public Wiring.Machine here(Config config) {
        if (config.launcher() == LauncherKind.CONTAINER) {
            ContainerLauncher containers = EngineSide.launcher(config, OsUser.current());
            return new Wiring.Machine(
                    containers,
                    new SocketProbe(PROBE_PATIENCE),
                    NOBODYS,
                    new LauncherEnvironments(containers, true),
                    Optional::empty,
                    Drops.none(WITHOUT_ROOT));
        }
        ProcessLauncher launcher = launcher(config);
        return new Wiring.Machine(
                launcher,
                new SocketProbe(PROBE_PATIENCE),
                launcher,
                new LauncherEnvironments(launcher, separatesUsers()),
                Optional::empty,
                Drops.none(WITHOUT_ROOT));
    }

    @Override
    public Wiring.Machine throughBroker(Config config) throws CannotStart {
        BrokerClient broker = BrokerPlace.client(new HomeLayout(config.home()));
        return new Wiring.Machine(
                broker,
                new SocketProbe(PROBE_PATIENCE),
                broker,
                new LauncherEnvironments(broker, true),
                broker::trouble,
                QueuedDrops.to(broker));
    }

    @Override
    public Broker broker(Config config) throws CannotStart {
        HomeLayout home = new HomeLayout(config.home());
        PacketDrops drops = new PacketDrops(home);
        boolean containers = config.launcher() == LauncherKind.CONTAINER;
        ProcessLauncher processes = launcher(config);
        Closeable server =
                BrokerPlace.open(
                        config,
                        containers ? EngineSide.launcher(config, door()) : processes,
                        containers ? NOBODYS : processes,
                        new UserMapping(home, users(home)),
                        drops,
                        separateDoor().orElseThrow(IllegalStateException::new));
        return new GuardingBroker(server, drops);
    }

    private record GuardingBroker(Closeable server, PacketDrops drops) implements Broker {
        @Override
        public Optional<String> doorListens(ListenAddress door) {
            return drops.stand(door);
        }

        @Override
        public void close() throws IOException {
            try (server) {
                drops.close();
            }
        }
    }

    @Override
    public void clearDrops(HomeLayout home) throws IOException {
        new PacketDrops(home).close();
    }

    @Override
    public Launcher launcher(HomeLayout home) {
        Optional<ContainerLauncher> containers = EngineSide.launcher(home);
        if (containers.isPresent()) {
            return containers.get();
        }
        return launcher(
                home,
                Set.of(ServiceName.JUPYTER, ServiceName.TENSORBOARD),
                HOME_ITSELF,
                confinement(home, Config.WorkspaceLimits.usual()));
    }

    private ProcessLauncher launcher(Config config) {
        return launcher(
                new HomeLayout(config.home()),
                config.services().ports().keySet(),
                config.services().tensorboardLogdir().orElse(HOME_ITSELF),
                confinement(config));
    }

    @Override
    public List<IsolationPart> isolation(Config config) {
        if (config.launcher() == LauncherKind.CONTAINER) {
            return EngineSide.launcher(config, OsUser.current()).walls();
        }
        return confinement(config).machine();
    }

    /** One for the broker and for what is said about it: to find out what the machine allows takes a moment. */
    private synchronized Confinement confinement(Config config) {
        if (confinement == null || !home.equals(config.home())) {
            home = config.home();
            confinement = confinement(new HomeLayout(home), config.workspace());
        }
        return confinement;
    }

    private Confinement confinement(HomeLayout home, Config.WorkspaceLimits limits) {
        Optional<ByteSize> memory = limits.memory();
        return new Confinement(
                home,
                new Resources(
                        memory.isPresent()
                                ? OptionalLong.of(memory.get().bytes())
                                : OptionalLong.empty(),
                        limits.cpus(),
                        OptionalInt.of(limits.pids()),
                        Optional.of(limits.gpus())),
                limits.network(),
                surroundings == Surroundings.CONTAINER);
    }

    private ProcessLauncher launcher(
            HomeLayout home, Set<ServiceName> services, Path logdir, Confinement confinement) {
        Installations installations = new Installations(home);
        return new ProcessLauncher(
                home,
                users(home),
                Map.of(
                        ServiceName.JUPYTER,
                        new JupyterProgram(installations, List.copyOf(services)),
                        ServiceName.TENSORBOARD,
                        new TensorBoardProgram(
                                installations, List.copyOf(services), logdir.toString())),
                owner -> jupyter(home).ensure(owner, false, step -> {}),
                confinement,
                surroundings.grace(),
                Clock.systemUTC());
    }

    private JupyterEnvironment jupyter(HomeLayout home) {
        return new JupyterEnvironment(
                home, users(home), new Installations(home), surroundings == Surroundings.MACHINE);
    }

    private OsUsers users(HomeLayout home) {
        return users.mappedBy(new UserMap(home.osUsers()));
    }
}

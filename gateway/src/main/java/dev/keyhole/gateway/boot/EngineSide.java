package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.ByteSize;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.config.ContainerNetwork;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.container.ContainerLauncher;
import dev.keyhole.gateway.launch.container.Setting;
import dev.keyhole.gateway.launch.process.LimitRecords;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.launch.process.OsUsers;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.OfferedImage;
import dev.keyhole.gateway.workspace.Resources;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The machine's container engine, as a home uses it. Thread-safe. */
final class EngineSide {
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** The ports of every inner door, whatever the virtual ones are. */
    private static final Map<ServiceName, Integer> INNER_PORTS =
            Map.of(
                    ServiceName.JUPYTER, 8888,
                    ServiceName.TENSORBOARD, 6006);

    private EngineSide() {}

    /** With a config that says {@code launcher: container}. */
    static ContainerLauncher launcher(Config config, OsUser door) {
        HomeLayout home = new HomeLayout(config.home());
        return launcher(
                home,
                config.containers().engine().orElseGet(EngineSide::usual),
                () -> image(home, config.containers().image().orElse("")),
                config.containers().network(),
                usual(config.workspace()),
                door);
    }

    /** Without its config, to end what runs; empty for a home that never had containers. */
    static Optional<ContainerLauncher> launcher(HomeLayout home) {
        try {
            if (!Files.isRegularFile(home.engine())) {
                return Optional.empty();
            }
            Path socket = Path.of(Files.readString(home.engine()).strip());
            return Optional.of(
                    launcher(
                            home,
                            socket,
                            () -> "",
                            ContainerNetwork.OPEN,
                            Resources.UNSAID,
                            OsUser.current()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ContainerLauncher launcher(
            HomeLayout home,
            Path engine,
            Supplier<String> image,
            ContainerNetwork network,
            Resources usual,
            OsUser door) {
        LimitRecords records = new LimitRecords(home);
        return new ContainerLauncher(
                new Setting(
                        home,
                        engine,
                        image,
                        network,
                        owner -> limits(records, owner).or(usual),
                        (owner, resources) -> keep(home, records, owner, resources),
                        INNER_PORTS,
                        GRACE),
                new SharedWithContainers(home, door));
    }

    /**
     * Checks the engine, remembers which it is, and makes the key for inner doors.
     *
     * @throws CannotStart when it cannot be used
     */
    static void prepare(Config config, OsUser door) throws CannotStart {
        HomeLayout home = new HomeLayout(config.home());
        try {
            launcher(config, door).check();
            requireNobodyElse();
            Path engine = config.containers().engine().orElseGet(EngineSide::usual);
            WrittenWhole.write(home.engine(), engine + "\n", "rw-r--r--");
            new SharedWithContainers(home, door).identity();
        } catch (LaunchFailure e) {
            throw new CannotStart(ExitStatus.FAILED, e.getMessage() + " Nothing was started.", e);
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "What the containers of this home need cannot be written: " + e.getMessage(),
                    e);
        }
    }

    /** Directories that containers share with us belong to a number, and to whoever has it outside. */
    private static void requireNobodyElse() throws LaunchFailure {
        Optional<String> somebody =
                OsUser.current().isRoot()
                        ? OsUsers.nameOf(SharedWithContainers.INSIDE)
                        : Optional.empty();
        if (somebody.isPresent()) {
            throw new LaunchFailure(
                    "The OS user "
                            + somebody.get()
                            + " has the number "
                            + SharedWithContainers.INSIDE
                            + ", which everybody in a container has, and could pose as their inner doors. Give it another one: usermod -u.",
                    List.of());
        }
    }

    /** What is offered now, else the config's. */
    private static String image(HomeLayout home, String configured) {
        try {
            return OfferedImage.read(home.offeredImage())
                    .map(OfferedImage::current)
                    .orElse(configured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Podman's of this user, Podman's of root, Docker's: the first that is there. */
    private static Path usual() {
        String runtime =
                Objects.requireNonNullElse(System.getenv("XDG_RUNTIME_DIR"), "/run/user/none");
        List<Path> places =
                List.of(
                        Path.of(runtime, "podman/podman.sock"),
                        Path.of("/run/podman/podman.sock"),
                        Path.of("/run/docker.sock"),
                        Path.of("/var/run/docker.sock"));
        return places.stream().filter(Files::exists).findFirst().orElse(places.get(1));
    }

    private static Resources limits(LimitRecords records, PrincipalName owner) {
        try {
            return records.of(owner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keep(
            HomeLayout home, LimitRecords records, PrincipalName owner, Resources resources)
            throws LaunchFailure {
        try {
            Files.createDirectories(home.workspaceRun(owner));
            records.write(owner, resources);
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The limits of " + owner + " cannot be written: " + e.getMessage(), List.of());
        }
    }

    /** "All" is no wish where there is none: an engine without the vendor's runtime would refuse every start. */
    private static Resources usual(Config.WorkspaceLimits limits) {
        boolean any = Files.exists(Path.of("/dev/nvidiactl"));
        Gpus gpus = limits.gpus() instanceof Gpus.All && !any ? new Gpus.Count(0) : limits.gpus();
        Optional<ByteSize> memory = limits.memory();
        return new Resources(
                memory.isPresent() ? OptionalLong.of(memory.get().bytes()) : OptionalLong.empty(),
                limits.cpus(),
                OptionalInt.of(limits.pids()),
                Optional.of(gpus));
    }
}

package dev.keyhole.system.container;

import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A podman with a storage and networks of its own. Its command line needs no daemon; the service of its API starts when
 * somebody asks for the socket, and its containers outlive it. As root only.
 */
public final class Podman implements Engine {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Limits that this process may set, and a runtime that takes cgroups of both versions at once. */
    private static final String SETTINGS =
            """
            [containers]
            default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            [network]
            network_config_dir = "%s/net"
            """;

    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");

    /** What netavark makes for a published port, and leaves. */
    private static final List<String> TABLES = List.of("ip nat", "ip filter");

    private final Path place;
    private final Path settings;
    private final String forwarding;
    private final List<String> tables = KernelTraces.tables();
    private Optional<ApiService> service = Optional.empty();

    public Podman() {
        try {
            // A short one: podman takes at most 50 letters for what it runs in.
            place = Files.createTempDirectory(Path.of("/var/tmp"), "keyhole-pod-");
            settings = place.resolve("containers.conf");
            forwarding = Files.readString(FORWARDING);
            Files.writeString(settings, SETTINGS.formatted(place));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Path socket() {
        if (service.isEmpty()) {
            serve();
        }
        return place.resolve("s");
    }

    @Override
    public boolean bridges() {
        return true;
    }

    @Override
    public synchronized void serve() {
        Path socket = place.resolve("s");
        service =
                Optional.of(
                        ApiService.start(
                                builder("system", "service", "--time=0", "unix://" + socket),
                                socket,
                                place.resolve("log")));
    }

    @Override
    public synchronized void kill() {
        service.orElseThrow().kill();
    }

    @Override
    public Ran run(String... words) {
        return Ran.of(PATIENCE, builder(words));
    }

    /** The same for a test that wants its streams. */
    public ProcessBuilder builder(String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "podman",
                                "--root",
                                place.resolve("root").toString(),
                                "--runroot",
                                place.resolve("run").toString(),
                                "--tmpdir",
                                place.resolve("tmp").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CONTAINERS_CONF", settings.toString());
        return builder;
    }

    @Override
    public synchronized void close() {
        run("rm", "--all", "--force", "--time", "1", "--volumes");
        run("rmi", "--all", "--force");
        run("network", "prune", "--force");
        service.ifPresent(ApiService::end);
        // Layers belong to users that only podman maps; it removes them best.
        run("system", "reset", "--force");
        KernelTraces.unmountAll(place);
        Ran.of(PATIENCE, "rm", "-rf", place.toString()).orFail();
        KernelTraces.tables().stream()
                .filter(TABLES::contains)
                .filter(table -> !tables.contains(table))
                .forEach(KernelTraces::removeTable);
        try {
            Files.writeString(FORWARDING, forwarding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "Podman";
    }
}

package dev.keyhole.system.container;

import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A podman with a storage of its own. It has no daemon; {@link #close} removes its containers, its images and what it
 * mounted. As root only.
 */
public final class Podman implements AutoCloseable {
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
            """;

    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");

    /** What netavark makes for a published port, and leaves. */
    private static final List<String> TABLES = List.of("ip nat", "ip filter");

    private final Path place;
    private final Path settings;
    private final String forwarding;
    private final List<String> tables = tables();

    public Podman() {
        try {
            // A short one: podman takes at most 50 letters for what it runs in.
            place = Files.createTempDirectory(Path.of("/var/tmp"), "keyhole-pod-");
            settings = place.resolve("containers.conf");
            forwarding = Files.readString(FORWARDING);
            Files.writeString(settings, SETTINGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a podman command and waits for its end. */
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

    /** Takes in what {@code keyhole image build --tar} wrote, under a name. */
    public String load(Path tar, String name) {
        String said = run("load", "-q", "-i", tar.toString()).orFail().stdout();
        String loaded = said.substring(said.indexOf(": ") + 2).strip();
        run("tag", loaded, name).orFail();
        return name;
    }

    /** What stands in a container's description, by a template of Go. */
    public String inspect(String container, String template) {
        return run("inspect", "--format", template, container).orFail().stdout().strip();
    }

    @Override
    public void close() {
        run("rm", "--all", "--force", "--time", "1", "--volumes");
        run("rmi", "--all", "--force");
        run("network", "prune", "--force");
        // Layers belong to users that only podman maps; it removes them best.
        run("system", "reset", "--force");
        Ran.of(PATIENCE, "rm", "-rf", place.toString()).orFail();
        tables().stream()
                .filter(TABLES::contains)
                .filter(table -> !tables.contains(table))
                .forEach(table -> Ran.of(PATIENCE, ("nft delete table " + table).split(" ")));
        try {
            Files.writeString(FORWARDING, forwarding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> tables() {
        return Ran.of(PATIENCE, "nft", "list", "tables")
                .stdout()
                .lines()
                .map(line -> line.replace("table ", ""))
                .toList();
    }
}

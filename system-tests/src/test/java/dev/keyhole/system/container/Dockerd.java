package dev.keyhole.system.container;

import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A Docker daemon with a storage of its own. When it is killed its containers run on; when it comes back it ends them, as
 * every daemon without live-restore does. As root only.
 */
public final class Dockerd implements Engine {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path NAMESPACES = Path.of("/run/netns");

    /** Tidies up behind itself only while nothing of it is a network of this machine's. */
    private static final String WITHOUT_BRIDGES =
            """
            , "bridge": "none", "iptables": false, "ip6tables": false, "ip-forward": false\
            """;

    private static final String SETTINGS =
            """
            {"data-root": "%1$s/d", "exec-root": "%1$s/x", "pidfile": "%1$s/pid",
            "hosts": ["unix://%1$s/s"], "group": "root", "cgroup-parent": "/%2$s",
            "exec-opts": ["native.cgroupdriver=cgroupfs"]%3$s}
            """;

    private final Path place;
    private final boolean bridges;
    private ApiService service;

    private Dockerd(boolean bridges, String mount) {
        this.bridges = bridges;
        try {
            // A short one: sockets lie in it.
            place = Files.createTempDirectory(Path.of("/var/tmp"), "keyhole-docker-");
            if (!mount.isEmpty()) {
                Ran.of(PATIENCE, (mount + " " + place).split(" ")).orFail();
            }
            Files.writeString(
                    place.resolve("daemon.json"),
                    SETTINGS.formatted(place, name(), bridges ? "" : WITHOUT_BRIDGES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bridges) {
            Ran.of(PATIENCE, "ip", "netns", "add", name()).orFail();
            Ran.of(PATIENCE, "ip", "-n", name(), "link", "set", "lo", "up").orFail();
        }
        service = start();
    }

    /** In this machine's network, which it leaves as it is: containers have no network but none. */
    public static Dockerd open() {
        return new Dockerd(false, "");
    }

    /** With bridges, in a network namespace of its own: it reaches no registry of this machine. */
    public static Dockerd withBridges() {
        return new Dockerd(true, "");
    }

    /** As {@link #open}, on a disk of so many megabytes. */
    public static Dockerd onDiskOf(int megabytes) {
        return new Dockerd(false, "mount -t tmpfs -o mode=0700,size=" + megabytes + "m tmpfs");
    }

    private String name() {
        return place.getFileName().toString();
    }

    @Override
    public Path socket() {
        return place.resolve("s");
    }

    @Override
    public boolean bridges() {
        return bridges;
    }

    @Override
    public Ran run(String... words) {
        List<String> command = new ArrayList<>(List.of("docker", "-H", "unix://" + socket()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DOCKER_CONFIG", place.resolve("c").toString());
        return Ran.of(PATIENCE, builder);
    }

    private ApiService start() {
        List<String> command = new ArrayList<>();
        if (bridges) {
            // Not by `ip netns exec`, which hides the control groups.
            command.addAll(List.of("nsenter", "--net=" + NAMESPACES.resolve(name())));
        }
        command.addAll(
                List.of("dockerd", "--config-file", place.resolve("daemon.json").toString()));
        return ApiService.start(new ProcessBuilder(command), socket(), place.resolve("log"));
    }

    @Override
    public void kill() {
        Optional<Long> below = containerd();
        service.kill();
        awaitEnd(below);
    }

    @Override
    public void serve() {
        try {
            // Its containerd ends with it. A note of one that nobody has reaped yet would be
            // believed.
            Files.deleteIfExists(noteOfContainerd());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        service = start();
    }

    private Path noteOfContainerd() {
        return place.resolve("x/containerd/containerd.pid");
    }

    private Optional<Long> containerd() {
        try {
            return Files.exists(noteOfContainerd())
                    ? Optional.of(Long.parseLong(Files.readString(noteOfContainerd()).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitEnd(Optional<Long> process) {
        process.ifPresent(pid ->
                Awaitility.await("containerd ends")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> !Processes.isAlive(pid)));
    }

    @Override
    public void close() {
        if (!service.process().isAlive()) {
            serve();
        }
        for (String container : containers()) {
            run("rm", "--force", "--volumes", container);
        }
        Optional<Long> below = containerd();
        service.end();
        awaitEnd(below);
        KernelTraces.unmountAll(place);
        KernelTraces.removeGroups(name());
        if (bridges) {
            Ran.of(PATIENCE, "ip", "netns", "delete", name()).orFail();
        }
        Ran.of(PATIENCE, "rm", "-rf", place.toString()).orFail();
    }

    @Override
    public String toString() {
        return bridges ? "Docker with bridges" : "Docker";
    }
}

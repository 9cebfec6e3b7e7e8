package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import dev.keyhole.system.TestVenv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One machine with {@code keyhole serve} as root, and two people who share it: alice, and bob who is curious. */
final class SharedMachine implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(5);

    private final Path place;
    private final int port;
    private final Person alice;
    private final Person bob;
    private @Nullable Process serve;

    private SharedMachine(Path place, int port) {
        this.place = place;
        this.port = port;
        this.alice = new Person(this, "wall-alice", KeyFile.make(place, "alice"));
        this.bob = new Person(this, "wall-bob", KeyFile.make(place, "bob"));
    }

    /** @param workspace limits, as they stand in the config between the braces of {@code workspace} */
    static SharedMachine open(String workspace) {
        SharedMachine machine = new SharedMachine(Places.fresh("shared"), Ports.free());
        try {
            Files.writeString(machine.config(), machine.yaml(workspace));
            machine.serve();
            return machine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String yaml(String workspace) {
        return """
        listen: 127.0.0.1:%d
        home: %s
        services: {own-loopback: allow}
        workspace: {%s}
        principals:
          %s: {keys: ["%s"]}
          %s: {keys: ["%s"]}
        """
                .formatted(
                        port,
                        home(),
                        workspace,
                        alice.name(),
                        alice.key().line(),
                        bob.name(),
                        bob.key().line());
    }

    /** Starts the door, or starts it again. */
    void serve() {
        Path out = place.resolve("serve.out");
        ProcessBuilder builder =
                new ProcessBuilder(
                                Places.command().toString(),
                                "serve",
                                "--config",
                                config().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        builder.environment()
                .put("PATH", TestVenv.shared().resolve("bin") + ":" + System.getenv("PATH"));
        Process started;
        try {
            started = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serve = started;
        Awaitility.await("the door listens")
                .atMost(READY)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!started.isAlive()) {
                        throw new AssertionError(Files.readString(out));
                    }
                    return Files.readString(out).contains("listens on port") && Ports.accepts(port);
                });
    }

    /** An operator's verb. */
    Ran operator(String... words) {
        List<String> command = new ArrayList<>(List.of(Places.command().toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--home", home().toString()));
        return Ran.of(Duration.ofSeconds(60), command);
    }

    /** What {@code serve} has said since its last start. */
    String said() {
        try {
            return Files.readString(place.resolve("serve.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Person alice() {
        return alice;
    }

    Person bob() {
        return bob;
    }

    int port() {
        return port;
    }

    Path place() {
        return place;
    }

    Path home() {
        return place.resolve("home");
    }

    private Path config() {
        return place.resolve("keyhole.yaml");
    }

    /** SIGKILL for the privileged process; the door ends with it. */
    void killBroker() {
        long pid = Objects.requireNonNull(serve).pid();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        Awaitility.await("the broker is gone").until(() -> !Processes.isAlive(pid));
        Awaitility.await("the door is gone").until(() -> !Ports.accepts(port));
    }

    /** {@code keyhole down}: afterwards nothing of this home runs. */
    void down() {
        Ran.of(
                        Duration.ofSeconds(90),
                        Places.command().toString(),
                        "down",
                        "--home",
                        home().toString())
                .orFail();
        Awaitility.await("nothing of " + home() + " runs any more")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Processes.of(home())).isEmpty());
    }

    /** What the machine still has of our walls: interfaces, packet rules, control groups. */
    static List<String> traces() {
        List<String> found = new ArrayList<>();
        Ran.of(Duration.ofSeconds(10), "ip", "-o", "link")
                .orFail()
                .stdout()
                .lines()
                .filter(line -> line.matches("\\d+: kh[0-9a-f]{5}n.*"))
                .forEach(found::add);
        Ran.of(Duration.ofSeconds(10), "nft", "list", "tables")
                .orFail()
                .stdout()
                .lines()
                .filter(line -> line.contains("keyhole_"))
                .forEach(found::add);
        Ran.of(
                        Duration.ofSeconds(10),
                        "find",
                        "/sys/fs/cgroup",
                        "-type",
                        "d",
                        "-path",
                        "*/keyhole/*/*")
                .stdout()
                .lines()
                .forEach(found::add);
        return found;
    }

    @Override
    public void close() {
        alice.leave();
        bob.leave();
        down();
        for (Person person : List.of(alice, bob)) {
            Ran.of(Duration.ofSeconds(10), "userdel", person.osUser());
        }
        Places.remove(place);
    }
}

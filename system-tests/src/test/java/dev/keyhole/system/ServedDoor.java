package dev.keyhole.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/** One running {@code keyhole serve} with a config of the test's, and a key for each of its principals. */
public final class ServedDoor implements AutoCloseable {
    private final Path place;
    private final int port = Ports.free();
    private final Map<String, KeyFile> keys = new LinkedHashMap<>();
    private Process serve;

    private ServedDoor(Path place, String config, List<String> principals) {
        this.place = place;
        StringBuilder yaml =
                new StringBuilder("listen: 127.0.0.1:" + port + "\nhome: " + home() + "\n");
        yaml.append(config);
        if (!config.contains("ban:")) {
            // Tests fail to log in on purpose, from one address, and are about something else.
            yaml.append("\nban:\n  exempt: [127.0.0.0/8]\n");
        }
        yaml.append("\nprincipals:\n");
        for (String name : principals) {
            KeyFile key = KeyFile.make(place, name);
            keys.put(name, key);
            yaml.append("  " + name + ": {key-files: [" + key.publicFile() + "]}\n");
        }
        try {
            Files.writeString(file(), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.serve = start();
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param config lines of {@code keyhole.yaml}, without listen, home and principals
     */
    public static ServedDoor of(String config, String... principals) {
        return new ServedDoor(Places.fresh("served"), config, List.of(principals));
    }

    private Process start() {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(
                                    "env",
                                    "--default-signal=INT,TERM,HUP",
                                    Places.command().toString(),
                                    "serve",
                                    "--config",
                                    file().toString())
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(place.resolve("serve.out").toFile());
            builder.environment()
                    .put("PATH", TestVenv.shared().resolve("bin") + ":" + System.getenv("PATH"));
            Process started = builder.start();
            Awaitility.await("keyhole serve listens")
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> {
                        if (!started.isAlive()) {
                            throw new AssertionError("keyhole serve ended\n" + said());
                        }
                        return said().contains("The door listens");
                    });
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed so far. */
    public String said() {
        try {
            return Files.readString(place.resolve("serve.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return place.resolve("keyhole.yaml");
    }

    public Path home() {
        return place.resolve("home");
    }

    /** The home directory of a principal's workspace. */
    public Path homeOf(String principal) {
        return home().resolve("workspaces/" + principal + "/home");
    }

    public int port() {
        return port;
    }

    public AuditTrail audit() {
        return new AuditTrail(home().resolve("audit/audit.jsonl"));
    }

    public KeyFile key(String principal) {
        return Objects.requireNonNull(keys.get(principal));
    }

    /** Stock ssh as that principal. */
    public Ssh ssh(String principal) {
        return new Ssh(port, place, key(principal), principal);
    }

    /** {@code keyhole VERB... --home HOME}. */
    public Ran keyhole(String... words) {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(Places.command().toString());
        builder.command().addAll(List.of(words));
        builder.command().addAll(List.of("--home", home().toString()));
        return Ran.of(Duration.ofSeconds(60), builder);
    }

    /** Ends the door and starts it again on the same home; workspaces go on. */
    public void restart() {
        keyhole("down", "--keep").orFail();
        awaitEnd();
        serve = start();
    }

    /** SIGKILL for the door and for what guards it, and a start on the same home. */
    public void kill9AndStart() {
        pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        awaitEnd();
        serve = start();
    }

    /** The door, and what guards it. */
    public List<Long> pids() {
        return Processes.of(place).stream()
                .map(process -> Long.parseLong(process.split(" ")[0]))
                .toList();
    }

    private void awaitEnd() {
        Awaitility.await("keyhole serve ends")
                .atMost(Duration.ofSeconds(40))
                .until(() -> !serve.isAlive());
    }

    /** Stops it with everything that runs for it, and removes what it has left. */
    @Override
    public void close() {
        keyhole("down").orFail();
        awaitEnd();
        Awaitility.await("nothing of " + home() + " runs any more")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Processes.of(home())).isEmpty());
        Places.remove(place);
    }
}

package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Places;
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

/** {@code keyhole serve} as root on a machine of its own, with ada as the only person who is known. */
final class GuardedDoor implements AutoCloseable {
    static final int PORT = 2222;

    /** Of the config: the door's own guard leaves every visitor alone. */
    static final String NOBODY_IS_BANNED = "ban: {exempt: [198.18.0.0/15, \"fd6b::/16\"]}";

    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path place = Places.fresh("guarded");
    private final Network network = Network.open();
    private final KeyFile ada = KeyFile.make(place, "ada");
    private final KeyFile unknown = KeyFile.make(place, "unknown");
    private final List<Visitor> visitors = new ArrayList<>();
    private @Nullable Process serve;

    /** @param config more lines of {@code keyhole.yaml} */
    static GuardedDoor open(String config) {
        GuardedDoor door = new GuardedDoor();
        try {
            Files.writeString(
                    door.config(),
                    """
                    listen: "[::]:%d"
                    home: %s
                    %s
                    principals:
                      ada: {keys: ["%s"]}
                    """
                            .formatted(PORT, door.home(), config, door.ada.line()));
            door.serve();
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the door, or starts it again. */
    void serve() {
        Path out = place.resolve("serve.out");
        ProcessBuilder builder =
                new ProcessBuilder(
                                network.inside(
                                        List.of(
                                                "env",
                                                "--default-signal=INT,TERM,HUP",
                                                Places.command().toString(),
                                                "serve",
                                                "--config",
                                                config().toString())))
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        builder.environment()
                .put("PATH", TestVenv.shared().resolve("bin") + ":" + System.getenv("PATH"));
        try {
            Process started = builder.start();
            serve = started;
            Awaitility.await("the door listens")
                    .atMost(READY)
                    .until(() -> {
                        if (!started.isAlive()) {
                            throw new AssertionError(said());
                        }
                        return said().contains("The door listens");
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it printed since its last start. */
    String said() {
        try {
            return Files.readString(place.resolve("serve.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** ada, on a machine of her own. */
    Visitor ada() {
        return visitor(ada);
    }

    /** Somebody whose key nobody knows. */
    Visitor stranger() {
        return visitor(unknown);
    }

    private Visitor visitor(KeyFile key) {
        Visitor visitor = new Visitor(network, visitors.size(), place, key);
        visitors.add(visitor);
        return visitor;
    }

    Network network() {
        return network;
    }

    Path place() {
        return place;
    }

    Path home() {
        return place.resolve("home");
    }

    /** Of the process that talks with clients. */
    long pid() {
        try {
            return Long.parseLong(
                    Files.readString(home().resolve("run/door.pid")).strip().split(" ", 2)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path authLog() {
        return home().resolve("log/auth/auth.log");
    }

    private Path config() {
        return place.resolve("keyhole.yaml");
    }

    /** {@code keyhole VERB... --home HOME}, on the door's machine. */
    Ran keyhole(String... words) {
        List<String> command = new ArrayList<>(List.of(Places.command().toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--home", home().toString()));
        return Ran.of(PATIENCE, network.inside(command));
    }

    /** One request to the broker, as root may make it; its answer. */
    String broker(String request) {
        try {
            String socket = Files.readString(home().resolve("run/broker")).strip();
            return Ran.of(
                            Duration.ofSeconds(20),
                            "sh",
                            "-c",
                            "printf '%s\\n' \"$1\" | socat -t 10 - UNIX-CONNECT:\"$2\"",
                            "sh",
                            request,
                            socket)
                    .orFail()
                    .stdout()
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packet rules of this door, as the kernel lists them; empty when there are none. */
    String table() {
        String tables = network.run("nft", "list", "tables").orFail().stdout();
        return tables.lines()
                .filter(line -> line.startsWith("table inet keyhole_guard_"))
                .map(line -> line.substring("table inet ".length()))
                .map(name -> network.run("nft", "list", "table", "inet", name).orFail().stdout())
                .findFirst()
                .orElse("");
    }

    /** SIGKILL for the process that watches, and with it goes the door. */
    void kill() {
        Process killed = Objects.requireNonNull(serve);
        List<ProcessHandle> all = new ArrayList<>(killed.descendants().toList());
        killed.destroyForcibly();
        all.stream().filter(this::isOfTheDoor).forEach(ProcessHandle::destroyForcibly);
        Awaitility.await("the door is gone")
                .until(() -> network.run("ss", "-Htln", "sport = :" + PORT).stdout().isBlank());
    }

    private boolean isOfTheDoor(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(" door --config ");
    }

    /** Ends the door in order. */
    void down(String... words) {
        List<String> all = new ArrayList<>(List.of("down"));
        all.addAll(List.of(words));
        keyhole(all.toArray(String[]::new)).orFail();
        Process ended = Objects.requireNonNull(serve);
        Awaitility.await("keyhole serve ends").atMost(PATIENCE).until(() -> !ended.isAlive());
    }

    @Override
    public void close() {
        down();
        Awaitility.await("nothing of " + home() + " runs any more")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Processes.of(home())).isEmpty());
        visitors.forEach(Visitor::close);
        network.close();
        Ran.of(Duration.ofSeconds(10), "userdel", "keyhole-ada");
        Places.remove(place);
    }
}

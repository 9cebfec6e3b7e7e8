package dev.keyhole.system.inside;

import static org.awaitility.Awaitility.await;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.OtherUser;
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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code keyhole inside} as an ordinary user of this machine, with the directories of a container in one of the test's. In
 * an image it runs in {@code dev.keyhole.system.image}.
 */
final class InnerDoor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path place = Places.fresh("inside");
    private final Path log = place.resolve("inside.log");
    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private @Nullable Process process;

    InnerDoor() {
        for (String name : List.of("state", "planted", "run")) {
            own(directory(name));
        }
        command.addAll(OtherUser.NOBODY.command(Places.command().toString(), "inside"));
        command.addAll(
                List.of(
                        "--state",
                        state().toString(),
                        "--planted",
                        place.resolve("planted-not").toString(),
                        "--socket",
                        socket().toString()));
        environment.put("PATH", TestVenv.shared().resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", state().toString());
    }

    Path state() {
        return place.resolve("state");
    }

    Path socket() {
        return place.resolve("run/door.sock");
    }

    Path place() {
        return place;
    }

    InnerDoor with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What a gateway would plant. */
    KeyFile plant(String principal, KeyFile gateway) {
        Path planted = place.resolve("planted");
        try {
            KeyFile host = KeyFile.make(planted, "host_key");
            Files.writeString(planted.resolve("authorized_keys"), gateway.line() + "\n");
            Files.writeString(planted.resolve("principal"), principal + "\n");
            own(host.file());
            command.set(command.indexOf("--planted") + 1, planted.toString());
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end. */
    Ran run() {
        return Ran.of(PATIENCE, builder());
    }

    InnerDoor start(String until) {
        try {
            Process started =
                    builder().redirectErrorStream(true).redirectOutput(log.toFile()).start();
            process = started;
            await().atMost(PATIENCE).until(() -> log().contains(until) || !started.isAlive());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!log().contains(until)) {
            throw new AssertionError(log());
        }
        return this;
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return running().pid();
    }

    /** SIGTERM, as an engine's stop sends it. */
    int terminate(Duration within) throws InterruptedException {
        Process running = running();
        running.toHandle().destroy();
        if (!running.waitFor(within)) {
            throw new AssertionError("still running after " + within + "\n" + log());
        }
        return running.exitValue();
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }

    private Path directory(String name) {
        try {
            return Files.createDirectory(place.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void own(Path path) {
        if (OtherUser.weAreRoot()) {
            try {
                Files.setAttribute(path, "unix:gid", OtherUser.NOBODY.gid());
                Files.setAttribute(path, "unix:uid", OtherUser.NOBODY.uid());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        Process started = process;
        if (started != null) {
            started.destroy();
            await().atMost(PATIENCE).until(() -> !started.isAlive());
        }
        await().atMost(PATIENCE).until(() -> Processes.of(place).isEmpty());
        Places.remove(place);
    }
}

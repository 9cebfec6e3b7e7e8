package dev.keyhole.system.hostile;

import dev.keyhole.system.Door;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A server of some OS user on every local address, which counts its visitors. */
final class Listener implements AutoCloseable {
    private final Process process;
    private final Path log;

    private Listener(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** As another user; that takes root. */
    static Listener of(long uid) {
        return start("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
    }

    /** As the principal inside its own network, which its running notebook leads to; without root as ourselves. */
    static Listener ofThePrincipal(Door door) {
        if (!OtherUser.weAreRoot()) {
            return ofOurs();
        }
        List<String> prefix =
                new ArrayList<>(List.of("nsenter", "-n", "-t", "" + door.pidOf("jupyter")));
        prefix.addAll(OtherUser.of(door).command());
        return start(prefix.toArray(String[]::new));
    }

    /** As the user of this process. */
    static Listener ofOurs() {
        return start();
    }

    private static Listener start(String... prefix) {
        try {
            Path log = Files.createTempFile("keyhole-listener", ".log");
            List<String> command = new ArrayList<>(List.of(prefix));
            Path script =
                    Places.checkout().resolve("system-tests/src/test/python/hostile/listener.py");
            command.addAll(List.of("/usr/bin/python3", "-B", script.toString()));
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Listener listener = new Listener(process, log);
            Awaitility.await("it listens")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !listener.lines().isEmpty());
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return Integer.parseInt(lines().getFirst());
    }

    /** One line for each connection that came. */
    List<String> visitors() {
        List<String> lines = lines();
        return lines.subList(1, lines.size());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

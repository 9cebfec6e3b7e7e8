package dev.keyhole.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** An ssh that runs in the background and forwards a local port. */
public final class Tunnel implements AutoCloseable {
    private final Process process;
    private final int localPort;
    private final Path log;

    Tunnel(Process process, int localPort, Path log) {
        this.process = process;
        this.localPort = localPort;
        this.log = log;
    }

    void awaitOpen() {
        Awaitility.await("the tunnel's local port accepts")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(
                                "ssh ended with " + process.exitValue() + "\n" + output());
                    }
                    return Ports.accepts(localPort);
                });
    }

    public int localPort() {
        return localPort;
    }

    /** {@code http://localhost:PORT/…}. */
    public URI url(String path) {
        return URI.create("http://localhost:" + localPort + path);
    }

    public boolean isOpen() {
        return process.isAlive();
    }

    /** What ssh printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.keyhole.system.forward;

import dev.keyhole.system.Door;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A server that a principal started on its loopback: {@code loopback.py} in one of its modes. */
record OwnServer(Process process, int port) implements AutoCloseable {
    private static final Path SCRIPT =
            Places.checkout().resolve("system-tests/src/test/python/servers/loopback.py");

    static OwnServer of(Door door, String mode) {
        try {
            Process process =
                    new ProcessBuilder(
                                    OtherUser.of(door)
                                            .command(
                                                    "/usr/bin/python3",
                                                    "-B",
                                                    SCRIPT.toString(),
                                                    mode))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            BufferedReader said = process.inputReader();
            return new OwnServer(
                    process, Integer.parseInt(Objects.requireNonNull(said.readLine())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

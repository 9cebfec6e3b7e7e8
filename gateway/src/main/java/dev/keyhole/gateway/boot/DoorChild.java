package dev.keyhole.gateway.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.wire.ExitStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process that is a door: it says when it listens, and it ends when its input does, so that it never outlives the
 * process that serves its broker.
 */
final class DoorChild {
    private static final Duration UNTIL_READY = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** The line by which a door tells the port and the fingerprint of its host key. */
    record Listening(int port, Fingerprint hostKey) {
        private static final String WORD = "listening";

        String line() {
            return WORD + " " + port + " " + hostKey;
        }

        static Optional<Listening> parse(String line) {
            String[] words = line.split(" ");
            return words.length == 3 && words[0].equals(WORD)
                    ? Optional.of(
                            new Listening(Integer.parseInt(words[1]), new Fingerprint(words[2])))
                    : Optional.empty();
        }
    }

    private final Process process;
    private final Listening listening;

    private DoorChild(Process process, Listening listening) {
        this.process = process;
        this.listening = listening;
    }

    /**
     * Starts one and waits until it listens.
     *
     * @throws CannotStart with the door's own words when it ends instead
     */
    static DoorChild start(ProcessBuilder builder, HomeLayout home)
            throws CannotStart, InterruptedException {
        LogTail log = LogTail.from(home.doorLog());
        try {
            Process process = builder.start();
            CompletableFuture<Listening> listening = new CompletableFuture<>();
            Thread.ofVirtual().name("door-output").start(() -> follow(process, listening));
            try {
                DoorChild child =
                        new DoorChild(
                                process,
                                listening.get(UNTIL_READY.toMillis(), TimeUnit.MILLISECONDS));
                child.remember(home);
                return child;
            } catch (ExecutionException | TimeoutException | InterruptedException | IOException e) {
                process.destroyForcibly();
                if (e instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw ended(process, log);
            }
        } catch (IOException e) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "The door's process cannot be started: "
                            + e.getMessage()
                            + ". It needs setpriv and setsid of util-linux.",
                    e);
        }
    }

    private static void follow(Process process, CompletableFuture<Listening> listening) {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Listening.parse(line).ifPresent(listening::complete);
            }
        } catch (IOException | RuntimeException e) {
            listening.completeExceptionally(e);
        }
        listening.completeExceptionally(new IOException("the door ended"));
    }

    private static CannotStart ended(Process process, LogTail log) throws InterruptedException {
        int number = process.waitFor();
        ExitStatus status =
                Arrays.stream(ExitStatus.values())
                        .filter(known -> known.number() == number && known != ExitStatus.DONE)
                        .findFirst()
                        .orElse(ExitStatus.FAILED);
        // The child is the same command, and whoever prints this says its name once more.
        String words = String.join("\n", log.lines(20)).replaceFirst("^keyhole: ", "");
        return new CannotStart(
                status,
                words.isEmpty() ? "The door ended at once, with status " + number + "." : words);
    }

    private void remember(HomeLayout home) throws IOException {
        Optional<ProcessId> id = ProcessId.running(process.pid());
        if (id.isPresent()) {
            WrittenWhole.write(home.doorPid(), id.get() + "\n", "rw-r--r--");
        }
    }

    Listening listening() {
        return listening;
    }

    /** Waits until the process has ended; gives its exit status. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGTERM, then a wait for at most that long; then SIGKILL. An interrupt shortens the wait to seconds. */
    void drain(Duration patience) throws InterruptedException {
        // Not Process.destroy(): that closes our ends of the streams first.
        process.toHandle().destroy();
        try {
            process.waitFor(patience.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.toHandle().destroy();
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            throw e;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly();
    }
}

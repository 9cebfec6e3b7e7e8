package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A short command that ran to its end: its exit status and what it wrote to both outputs. */
record Ran(int status, List<String> lines) {
    private static final int MOST_BYTES = 1 << 20;

    /**
     * Runs a command of the system in this process's environment and waits.
     *
     * @throws LaunchFailure when it is missing or takes longer than the patience; it is killed then
     */
    static Ran quietly(List<String> command, Duration patience) throws LaunchFailure {
        return of(new ProcessBuilder(command), patience);
    }

    /** Runs what the builder says, with both outputs as one. */
    static Ran of(ProcessBuilder builder, Duration patience) throws LaunchFailure {
        return fed(builder.redirectInput(new File("/dev/null")), new byte[0], patience);
    }

    /** The same for a command that reads a few lines, fewer than a pipe holds. */
    static Ran fed(ProcessBuilder builder, byte[] input, Duration patience) throws LaunchFailure {
        String name = Path.of(builder.command().getFirst()).getFileName().toString();
        builder.redirectErrorStream(true);
        @Nullable Process process = null;
        try {
            process = builder.start();
            Process started = process;
            try (var in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // it ended without reading: its status says why
            }
            CompletableFuture<List<String>> lines = new CompletableFuture<>();
            Thread.startVirtualThread(() -> lines.complete(read(started)));
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LaunchFailure(
                        name + " did not end within " + patience.toSeconds() + " s.", List.of());
            }
            // A grandchild may hold the output open; what is there by then must do.
            return new Ran(
                    process.exitValue(),
                    lines.completeOnTimeout(List.of(), 5, TimeUnit.SECONDS).join());
        } catch (IOException e) {
            throw new LaunchFailure(name + " cannot be run: " + e.getMessage(), List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchFailure("Interrupted while " + name + " ran.", List.of());
        } finally {
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static List<String> read(Process process) {
        try (var output = process.getInputStream()) {
            byte[] bytes = output.readNBytes(MOST_BYTES);
            output.transferTo(java.io.OutputStream.nullOutputStream());
            return new String(bytes, UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}

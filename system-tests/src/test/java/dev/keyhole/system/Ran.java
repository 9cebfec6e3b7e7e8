package dev.keyhole.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param exit its status
 * @param stdout what it printed
 * @param stderr what it complained about
 */
public record Ran(List<String> command, int exit, String stdout, String stderr) {
    /** Runs a command with an empty standard input and waits for its end. */
    public static Ran of(Duration patience, List<String> command) {
        return of(patience, new ProcessBuilder(command));
    }

    public static Ran of(Duration patience, String... command) {
        return of(patience, List.of(command));
    }

    /** The same for a process with a directory or an environment of its own. */
    public static Ran of(Duration patience, ProcessBuilder builder) {
        try {
            Path out = Files.createTempFile("keyhole-out", ".txt");
            Path err = Files.createTempFile("keyhole-err", ".txt");
            try {
                Process process =
                        builder.redirectInput(
                                        ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                                .redirectOutput(out.toFile())
                                .redirectError(err.toFile())
                                .start();
                boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly().waitFor();
                }
                String stderr = text(err);
                if (!ended) {
                    throw new AssertionError(
                            "Not done after "
                                    + patience
                                    + ": "
                                    + builder.command()
                                    + "\n"
                                    + text(out)
                                    + stderr);
                }
                return new Ran(
                        List.copyOf(builder.command()), process.exitValue(), text(out), stderr);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Fails with everything that was printed unless the command ended with 0. */
    public Ran orFail() {
        if (exit != 0) {
            throw new AssertionError(this + " failed");
        }
        return this;
    }

    /** Both outputs, for texts that may come on either. */
    public String all() {
        return stdout + stderr;
    }

    @Override
    public String toString() {
        return String.join(" ", command) + " -> " + exit + "\n" + stdout + stderr;
    }
}

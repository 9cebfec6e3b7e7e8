package dev.keyhole.gateway.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.audit.CheckpointFollower.Note;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The newest note as the standard input of a program, which runs as the door's own user, without a shell, in {@code /},
 * with nothing but a PATH in its environment. What it prints goes nowhere, what it complains about to the door's log. It has ten
 * seconds; then it is killed with all that it has started.
 */
public final class RunCommand implements Way {
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final List<String> command;
    private final Duration patience;

    /** @param command the absolute path of a program, and its arguments */
    public RunCommand(List<String> command) {
        this(command, USUAL);
    }

    RunCommand(List<String> command, Duration patience) {
        this.command = List.copyOf(command);
        this.patience = patience;
    }

    @Override
    public String word() {
        return "command";
    }

    @Override
    public String to() {
        return command.getFirst();
    }

    @Override
    public void push(List<Note> notes) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(new File("/"))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", PATH);
        Process process = builder.start();
        try {
            give(process, notes.getLast().text());
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("it did not end within " + patience.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("it ended with status " + process.exitValue());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** A note fits into a pipe, so this never waits. A program that does not read it may have reasons. */
    private static void give(Process process, String note) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(note.getBytes(UTF_8));
        } catch (IOException e) {
            // its exit status says whether that was right
        }
    }
}

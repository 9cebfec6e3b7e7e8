package dev.keyhole.gateway.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names one process for ever: a pid alone may be somebody else's tomorrow.
 *
 * @param pid its number
 * @param startTime field 22 of {@code /proc/PID/stat}
 */
public record ProcessId(long pid, long startTime) {
    /** The process that has this pid now and is not dead already. */
    public static Optional<ProcessId> running(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The second field is the program's name in parentheses, and may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean dead = fields[0].equals("Z") || fields[0].equals("X");
            return dead
                    ? Optional.empty()
                    : Optional.of(new ProcessId(pid, Long.parseLong(fields[19])));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** This process. */
    public static ProcessId ours() {
        return running(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("/proc is not mounted"));
    }

    /** What {@link #toString} wrote; empty when it is damaged. */
    public static Optional<ProcessId> parse(String text) {
        String[] numbers = text.strip().split(" ");
        try {
            return numbers.length == 2
                    ? Optional.of(
                            new ProcessId(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public boolean isAlive() {
        return running(pid).filter(this::equals).isPresent();
    }

    /** SIGTERM; false when it may not be signalled, or is gone. */
    public boolean askToEnd() {
        return isAlive() && ProcessHandle.of(pid).map(ProcessHandle::destroy).orElse(false);
    }

    /** SIGKILL; false when it may not be signalled, or is gone. */
    public boolean kill() {
        return isAlive() && ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
    }

    @Override
    public String toString() {
        return pid + " " + startTime;
    }
}

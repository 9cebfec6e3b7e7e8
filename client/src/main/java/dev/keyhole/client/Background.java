package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Moves a tunnel into the background: the same command again, unattended, in a session of its own, so that closing the
 * terminal does not end it. Its result goes to a log; its process id stands beside it.
 */
public final class Background {
    private static final Duration MOST = Duration.ofMinutes(11);

    private final TunnelFiles files;

    public Background(TunnelFiles files) {
        this.files = files;
    }

    /**
     * Starts the command and waits until it says on its log that it is ready.
     *
     * @param readyMark how the line begins that means "ready"
     */
    public ProcessHandle start(List<String> command, int localPort, String readyMark)
            throws InterruptedException {
        Path log = files.log(localPort);
        Process process;
        try {
            files.create();
            Files.deleteIfExists(log);
            process =
                    new ProcessBuilder(detached(command))
                            .redirectInput(
                                    new File(
                                            System.getProperty("os.name").startsWith("Windows")
                                                    ? "NUL"
                                                    : "/dev/null"))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Files.writeString(files.pid(localPort), process.pid() + "\n");
        } catch (IOException e) {
            throw new TunnelEnded(
                    ExitStatus.FAILED,
                    "The tunnel cannot be moved into the background: " + e.getMessage() + ".",
                    "Leave out --background, or make room under ~/.local/state.");
        }
        await(process, log, readyMark);
        return process.toHandle();
    }

    /** How a person ends it. */
    public static String howToEnd(ProcessHandle tunnel) {
        return "kill " + tunnel.pid();
    }

    private static List<String> detached(List<String> command) {
        List<String> detached = new ArrayList<>();
        if (isInPath("setsid")) {
            detached.add("setsid");
        } else if (isInPath("nohup")) {
            detached.add("nohup");
        }
        detached.addAll(command);
        return detached;
    }

    private static boolean isInPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static void await(Process process, Path log, String readyMark)
            throws InterruptedException {
        long end = System.nanoTime() + MOST.toNanos();
        while (!isReady(log, readyMark)) {
            boolean ended = process.waitFor(100, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > end) {
                process.destroy();
                throw new TunnelEnded(
                        ended ? statusOf(process.exitValue()) : ExitStatus.FAILED,
                        "The tunnel did not come up in the background:\n" + lastLines(log),
                        "A key with a passphrase needs the agent there: ssh-add KEY. The log is "
                                + log
                                + ".");
            }
        }
    }

    private static boolean isReady(Path log, String readyMark) {
        try {
            return Files.readString(log).lines().anyMatch(line -> line.startsWith(readyMark));
        } catch (IOException e) {
            return false;
        }
    }

    private static ExitStatus statusOf(int number) {
        for (ExitStatus status : ExitStatus.values()) {
            if (status.number() == number && status != ExitStatus.DONE) {
                return status;
            }
        }
        return ExitStatus.FAILED;
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }
}

package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.wire.ExitStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts this program once more, detached from the terminal. Used by one thread. */
public final class Background {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final List<String> command;

    /** @param arguments of the command, without the one that asked for the background */
    public Background(List<String> arguments) {
        this.command = new ArrayList<>(List.of("setsid"));
        Optional.ofNullable(System.getenv("KEYHOLE_LAUNCHER"))
                .ifPresentOrElse(
                        launcher -> {
                            command.add(launcher);
                            command.addAll(arguments);
                        },
                        () -> command.addAll(Program.current().command(arguments)));
    }

    /** Returns when that start has written its ready line; fails as it fails, with its last words. */
    void untilReady(HomeLayout home, ProgressLine progress) throws IOException, CannotStart {
        LogTail log = LogTail.from(home.upLog());
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.upLog().toFile()))
                        .start();
        try {
            while (!process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                if (Files.exists(home.readyFile())) {
                    progress.done();
                    return;
                }
                log.lines(1).forEach(progress::step);
            }
        } catch (InterruptedException e) {
            process.toHandle().destroy();
            throw new CannotStart(
                    ExitStatus.FAILED, "Interrupted; the start in the background was stopped.", e);
        }
        throw failed(process.exitValue(), log, home);
    }

    private static CannotStart failed(int number, LogTail log, HomeLayout home) {
        ExitStatus status =
                Arrays.stream(ExitStatus.values())
                        .filter(known -> known.number() == number && known != ExitStatus.DONE)
                        .findFirst()
                        .orElse(ExitStatus.FAILED);
        return new CannotStart(
                status, String.join("\n", log.lines(20)) + "\nThe whole log is " + home.upLog());
    }
}

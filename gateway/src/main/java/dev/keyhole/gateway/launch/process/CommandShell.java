package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The shell of an OS user: the one of the user database, unless that is there to keep people out. Thread-safe. */
final class CommandShell {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHELL = 6; // the field of passwd(5)
    private static final List<String> NO_SHELLS = List.of("nologin", "false", "true", "sync");

    private CommandShell() {}

    static Path of(OsUser user) throws LaunchFailure {
        Ran ran = Ran.quietly(List.of("getent", "passwd", user.name()), PATIENCE);
        if (ran.status() == 0 && !ran.lines().isEmpty()) {
            String[] fields = ran.lines().getFirst().split(":", -1);
            if (fields.length > SHELL && isShell(fields[SHELL])) {
                return Path.of(fields[SHELL]);
            }
        }
        Path bash = Path.of("/bin/bash");
        return Files.isExecutable(bash) ? bash : Path.of("/bin/sh");
    }

    static boolean isShell(String program) {
        Path path = Path.of(program);
        return path.isAbsolute()
                && path.getFileName() != null
                && !NO_SHELLS.contains(path.getFileName().toString())
                && Files.isRegularFile(path)
                && Files.isExecutable(path);
    }
}

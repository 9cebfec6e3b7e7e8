package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Programs of the machine that we run as root: only from its own directories, never from what a PATH names. */
final class SystemTool {
    private static final List<String> DIRECTORIES =
            List.of("/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/");

    private SystemTool() {}

    /** The absolute path of a program, if the machine has it. */
    static Optional<String> find(String name) {
        return DIRECTORIES.stream()
                .map(directory -> directory + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    /** @throws LaunchFailure when it is not installed */
    static String require(String name) throws LaunchFailure {
        return find(name)
                .orElseThrow(() ->
                        new LaunchFailure(
                                "There is no " + name + " in the system's directories.",
                                List.of()));
    }
}

package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Knows what to run so that a service listens on its socket. Thread-safe. */
public interface ServiceProgram {
    /**
     * @param arguments the program's absolute path, then its arguments
     * @param environment variables besides the ones that every service gets
     * @param path directories that are looked in for programs before the machine's own
     */
    record Command(List<String> arguments, Map<String, String> environment, List<Path> path) {}

    /** @throws LaunchFailure when the program is not installed */
    Command command(ServicePlace place) throws LaunchFailure;
}

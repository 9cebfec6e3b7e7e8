package dev.keyhole.gateway.launch.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files of the control group that a process is in (cgroups(7)), of both versions. */
final class GroupFile {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private GroupFile() {}

    /**
     * The lines of one.
     *
     * @param pid of any process in the group
     * @param controller whose tree it is in with version 1
     * @param v2 its name with version 2
     * @param v1 its name with version 1
     * @return empty when the process has ended, is somebody else's, or has no such file
     */
    static Optional<List<String>> lines(
            @Nullable Long pid, String controller, String v2, String v1) {
        if (pid == null || pid <= 0) {
            return Optional.empty();
        }
        try {
            for (String line : Files.readAllLines(Path.of("/proc", pid.toString(), "cgroup"))) {
                String[] fields = line.split(":", 3);
                Optional<Path> file =
                        fields.length < 3
                                ? Optional.empty()
                                : file(fields[1], fields[2], controller, v2, v1);
                if (file.isPresent() && Files.isReadable(file.get())) {
                    return Optional.of(Files.readAllLines(file.get()));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** How many processes are in the group of that one; 0 when it cannot be told. */
    static int processes(@Nullable Long pid) {
        return lines(pid, "pids", "cgroup.procs", "cgroup.procs").map(List::size).orElse(0);
    }

    /** Version 2 names no controller; a machine may have both versions, then a version 1 tree has the file. */
    private static Optional<Path> file(
            String controllers, String group, String controller, String v2, String v1) {
        if (controllers.isEmpty()) {
            return Optional.of(Path.of(GROUPS + group, v2));
        }
        return List.of(controllers.split(",")).contains(controller)
                ? Optional.of(Path.of(GROUPS + "/" + controller + group, v1))
                : Optional.empty();
    }
}

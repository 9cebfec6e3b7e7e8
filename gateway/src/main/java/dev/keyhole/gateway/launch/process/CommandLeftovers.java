package dev.keyhole.gateway.launch.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What commands left running in a workspace, such as tmux or what nohup(1) kept: known by the workspace in their
 * environment, or as children of such a process.
 */
final class CommandLeftovers {
    private static final int MOST_ROUNDS = 200;
    private static final Duration ROUND = Duration.ofMillis(50);

    private final ProcessTable processes;

    CommandLeftovers(ProcessTable processes) {
        this.processes = processes;
    }

    /** The live ones, oldest first. */
    List<ProcessEntry> of(OsUser user, Path workspace) {
        List<ProcessEntry> found = new ArrayList<>();
        Set<Long> pids = new HashSet<>();
        for (ProcessEntry entry : processes.of(user.uid())) {
            // Oldest first, so a parent is met before its children.
            if (pids.contains(entry.parent())
                    || processes.hasVariable(
                            entry.pid(), CommandStarter.VARIABLE, workspace.toString())) {
                pids.add(entry.pid());
                found.add(entry);
            }
        }
        return found;
    }

    /** Kills them all, also those that come to be meanwhile. */
    void end(OsUser user, Path workspace) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<ProcessEntry> left = of(user, workspace);
            if (left.isEmpty()) {
                return;
            }
            left.forEach(Signals::kill);
            Signals.awaitEnd(left.getLast(), ROUND);
        }
    }
}

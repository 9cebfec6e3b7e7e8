package dev.keyhole.gateway.launch.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Ends whoever is inside a control group, also processes that left their session and cleared their environment so that
 * nothing else leads to them.
 */
final class Inmates {
    private static final int MOST_ROUNDS = 400;
    private static final Duration ROUND = Duration.ofMillis(25);

    private final ProcessTable processes;

    Inmates(ProcessTable processes) {
        this.processes = processes;
    }

    /** Returns whether nobody is left. */
    boolean end(ControlGroup group) throws IOException {
        group.forbidForks();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<ProcessEntry> left =
                    group.members().stream()
                            .flatMap(pid -> processes.entry(pid).stream())
                            .filter(ProcessEntry::isAlive)
                            .toList();
            if (left.isEmpty()) {
                return true;
            }
            group.killAtOnce();
            left.forEach(Signals::kill);
            Signals.awaitEnd(left.getLast(), ROUND);
        }
        return false;
    }
}

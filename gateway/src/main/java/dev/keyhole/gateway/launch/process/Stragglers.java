package dev.keyhole.gateway.launch.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a service leaves behind when its main process is gone: kernels and terminals have process sessions of their own,
 * so they are known by the start id in their environment, by the main process's session, or as children of such a one.
 */
final class Stragglers {
    private static final int MOST_ROUNDS = 200;
    private static final Duration ROUND = Duration.ofMillis(50);

    private final ProcessTable processes;

    Stragglers(ProcessTable processes) {
        this.processes = processes;
    }

    /** The live processes of that start, oldest first. */
    List<ProcessEntry> of(ServiceRecord record, OsUser user) {
        if (!record.bootId().equals(processes.bootId())) {
            return List.of();
        }
        boolean sessionIsOurs = record.pid() > 0 && !isReused(record);
        List<ProcessEntry> found = new ArrayList<>();
        Set<Long> pids = new HashSet<>();
        for (ProcessEntry entry : processes.of(user.uid())) {
            // Oldest first, so a parent is met before its children.
            boolean ours =
                    (sessionIsOurs && entry.session() == record.pid())
                            || pids.contains(entry.parent())
                            || processes.hasVariable(
                                    entry.pid(), ServiceRecord.VARIABLE, record.startId());
            if (ours) {
                pids.add(entry.pid());
                found.add(entry);
            }
        }
        return found;
    }

    /** The session's number may be in use again by a stranger once all of ours are gone. */
    private boolean isReused(ServiceRecord record) {
        return processes
                .entry(record.pid())
                .filter(entry -> entry.startTime() != record.startTime())
                .isPresent();
    }

    /**
     * Kills them all, also those that come to be meanwhile.
     *
     * @return whether none is left
     */
    boolean end(ServiceRecord record, OsUser user) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<ProcessEntry> left = of(record, user);
            if (left.isEmpty()) {
                return true;
            }
            left.forEach(Signals::kill);
            Signals.awaitEnd(left.getLast(), ROUND);
        }
        return false;
    }
}

package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a source was refused for one incident, so that a source that does not listen is told less and less. Bounded:
 * when full, whoever was refused longest ago is forgotten. Not thread-safe: the guard's lock.
 */
final class Refusals {
    /** Whoever was told so often is dropped by the kernel, where there is one to ask. */
    static final int TOLD = 3;

    private static final Duration TOLD_AGAIN = Duration.ofSeconds(5);

    private record Count(Incident incident, int refusals, long toldAtNanos) {}

    /**
     * What to do about one.
     *
     * @param tell whether it hears why
     * @param drop whether the kernel is asked to see to it from now on
     */
    record Verdict(boolean tell, boolean drop) {}

    private final int most;
    private final Map<SourceGroup, Count> counts = new LinkedHashMap<>(); // oldest first

    Refusals(int most) {
        this.most = most;
    }

    Verdict refuse(SourceGroup source, Incident incident, long nanos) {
        Count known = counts.remove(source);
        Count before =
                known != null && known.incident().equals(incident)
                        ? known
                        : new Count(incident, 0, nanos);
        int refusals = before.refusals() + 1;
        boolean tell = refusals <= TOLD || nanos - before.toldAtNanos() > TOLD_AGAIN.toNanos();
        counts.put(source, new Count(incident, refusals, tell ? nanos : before.toldAtNanos()));
        if (counts.size() > most) {
            Iterator<SourceGroup> oldest = counts.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        // Again at each third: the kernel may have been restarted, or have lost it.
        return new Verdict(tell, refusals % TOLD == 0);
    }

    /** Forgets an incident; which sources the kernel was asked to drop for it. */
    List<SourceGroup> forget(Incident incident) {
        List<SourceGroup> dropped = new ArrayList<>();
        counts.entrySet()
                .removeIf(entry -> {
                    boolean same = entry.getValue().incident().equals(incident);
                    if (same && entry.getValue().refusals() >= TOLD) {
                        dropped.add(entry.getKey());
                    }
                    return same;
                });
        return dropped;
    }

    int size() {
        return counts.size();
    }
}

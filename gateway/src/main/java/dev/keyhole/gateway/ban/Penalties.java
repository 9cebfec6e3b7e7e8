package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The penalties of one family of addresses, counted as {@code srclimit.c} of OpenSSH does: an offence adds to what is
 * left, up to a most; time takes away; above a least the source is refused until nothing is left.
 *
 * <p>Bounded. When the table is full, what has ended goes first, then what ends soonest, so that a flood of new
 * sources cannot wash out those that did the most. Not thread-safe: the guard's lock.
 */
final class Penalties {
    /**
     * A penalty that is enforced.
     *
     * @param left how long, from now
     * @param counts the offences that led to it
     */
    record Enforced(SourceGroup source, Incident incident, Duration left, String counts) {}

    private final PenaltyRules rules;
    private final Supplier<Incident> incidents;
    private final Map<SourceGroup, Penalty> bySource = new HashMap<>();
    private final TreeSet<Penalty> byEnd = new TreeSet<>(Penalty::sooner);
    private final Map<Incident, Penalty> byIncident = new HashMap<>();
    private long serial;
    private long overflows;

    Penalties(PenaltyRules rules, Supplier<Incident> incidents) {
        this.rules = rules;
        this.incidents = incidents;
    }

    /** Adds an offence; the penalty, when it is enforced from now on and was not before. */
    Optional<Enforced> add(SourceGroup source, Offence offence, long nanos) {
        long amount = rules.nanos(offence);
        if (amount <= 0) {
            return Optional.empty();
        }
        expire(nanos);
        Penalty known = bySource.get(source);
        Penalty penalty = known == null ? new Penalty(source, ++serial, nanos) : known;
        byEnd.remove(penalty);
        long left = penalty.leftAt(nanos) + amount;
        // As OpenSSH: the most bounds what accumulates, not a single amount.
        penalty.endsAt(nanos + (known == null ? left : Math.min(left, rules.most().toNanos())));
        penalty.count(offence);
        bySource.put(source, penalty);
        byEnd.add(penalty);
        boolean begins =
                penalty.incident() == null && penalty.leftAt(nanos) > rules.least().toNanos();
        if (begins) {
            Incident incident = incidents.get();
            penalty.enforce(incident);
            byIncident.put(incident, penalty);
        }
        if (bySource.size() > rules.sources()) {
            overflows++;
            remove(byEnd.first());
        }
        return begins ? enforced(source, nanos) : Optional.empty();
    }

    /** What refuses a source now. */
    Optional<Enforced> enforced(SourceGroup source, long nanos) {
        return Optional.ofNullable(bySource.get(source)).flatMap(one -> enforced(one, nanos));
    }

    /** The same, by its name. */
    Optional<Enforced> enforced(Incident incident, long nanos) {
        return Optional.ofNullable(byIncident.get(incident)).flatMap(one -> enforced(one, nanos));
    }

    /** All that refuse somebody now; who must wait longest comes first. */
    List<Enforced> enforced(long nanos) {
        List<Enforced> all = new ArrayList<>();
        byEnd.descendingSet().forEach(one -> enforced(one, nanos).ifPresent(all::add));
        return all;
    }

    private static Optional<Enforced> enforced(Penalty penalty, long nanos) {
        Incident incident = penalty.incident();
        // As OpenSSH: what ends at this very moment still counts.
        return incident == null || penalty.leftAt(nanos) < 0
                ? Optional.empty()
                : Optional.of(
                        new Enforced(
                                penalty.source(),
                                incident,
                                Duration.ofNanos(penalty.leftAt(nanos)),
                                penalty.counts()));
    }

    /** How long until nothing is left, also of a penalty that is only remembered; and of what. */
    Optional<String> outstanding(SourceGroup source, long nanos) {
        return Optional.ofNullable(bySource.get(source))
                .filter(penalty -> penalty.leftAt(nanos) >= 0)
                .map(penalty ->
                        Duration.ofNanos(penalty.leftAt(nanos)).toSeconds()
                                + " s for "
                                + penalty.counts());
    }

    /** All is forgiven. */
    void forgive(SourceGroup source) {
        Penalty penalty = bySource.get(source);
        if (penalty != null) {
            remove(penalty);
        }
    }

    int size() {
        return bySource.size();
    }

    /** How many refuse somebody now. */
    int active() {
        return byIncident.size();
    }

    /** How often one had to go before its end. */
    long overflows() {
        return overflows;
    }

    void expire(long nanos) {
        while (!byEnd.isEmpty() && byEnd.first().leftAt(nanos) < 0) {
            remove(byEnd.first());
        }
    }

    private void remove(Penalty penalty) {
        byEnd.remove(penalty);
        bySource.remove(penalty.source());
        Incident incident = penalty.incident();
        if (incident != null) {
            byIncident.remove(incident);
        }
    }
}

package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.gateway.model.StartupRules;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The connections that wait for their login, and the random early drop that bounds them. When the dice say that one must
 * go, it is the newcomer, unless another source holds more than the newcomer's would, or the oldest of the greediest
 * source has waited for so long that nobody is likely to log in there: then that one goes. So a flood of few sources
 * displaces itself. Not thread-safe: the guard's lock.
 */
final class Startups {
    /** A client that has its key at hand is done long before. */
    static final Duration STALE = Duration.ofSeconds(5);

    private final StartupRules rules;
    private final RandomGenerator random;
    private final Map<SourceGroup, Deque<Ticket>> bySource = new LinkedHashMap<>();
    private int waiting;

    Startups(StartupRules rules, RandomGenerator random) {
        this.rules = rules;
        this.random = random;
    }

    /**
     * Whether a newcomer gets in.
     *
     * @param instead who must go for it
     */
    record Verdict(boolean in, Optional<Ticket> instead) {}

    Verdict arrive(Ticket ticket, long nanos) {
        int percent = rules.percent(waiting);
        if (percent > 0 && random.nextInt(100) < percent) {
            Optional<Ticket> victim = victim(ticket, nanos);
            if (victim.isEmpty()) {
                return new Verdict(false, Optional.empty());
            }
            leave(victim.get());
            enter(ticket);
            return new Verdict(true, victim);
        }
        enter(ticket);
        return new Verdict(true, Optional.empty());
    }

    private Optional<Ticket> victim(Ticket newcomer, long nanos) {
        Deque<Ticket> greediest = new ArrayDeque<>();
        for (Deque<Ticket> tickets : bySource.values()) {
            if (tickets.size() > greediest.size()) {
                greediest = tickets;
            }
        }
        Ticket oldest = greediest.peekFirst();
        if (oldest == null) {
            return Optional.empty();
        }
        boolean greedy = greediest.size() > of(newcomer.source()) + 1;
        boolean stale = oldest.ageAt(nanos) > STALE.toNanos();
        return greedy || stale ? Optional.of(oldest) : Optional.empty();
    }

    void enter(Ticket ticket) {
        bySource.computeIfAbsent(ticket.source(), source -> new ArrayDeque<>()).add(ticket);
        waiting++;
    }

    /** Done, however it ended; whether it was still among those that wait. */
    boolean leave(Ticket ticket) {
        Deque<Ticket> tickets = bySource.get(ticket.source());
        if (tickets == null || !tickets.remove(ticket)) {
            return false;
        }
        waiting--;
        if (tickets.isEmpty()) {
            bySource.remove(ticket.source());
        }
        return true;
    }

    int of(SourceGroup source) {
        Deque<Ticket> tickets = bySource.get(source);
        return tickets == null ? 0 : tickets.size();
    }

    int waiting() {
        return waiting;
    }
}

package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.wire.Code;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may begin a connection. Before the key exchange nothing is known but the source, so that is what is
 * punished: a failed connection costs its source a penalty, an enforced penalty refuses it for a while, and several in
 * a row are a ban. Who is logged in is never touched.
 *
 * <p>A source from which somebody logged in lately is a friend: while it is punished, two connections at a time may
 * still try, so that people are not locked out with their NAT. An operator's ban makes no exception.
 *
 * <p>Thread-safe. {@link #arrive} and {@link #leave} never block; the others wait for the audit or the store.
 */
public final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    /** What a friend may have waiting while it is punished. */
    static final int FRIENDS_PATIENCE = 2;

    /** How much more room friends have than strangers: a whole lab comes back at once after a restart. */
    static final int FRIENDS_ROOM = 5;

    /** The kernel's table wants an end, and is asked again. */
    private static final Duration LONGEST_DROP = Duration.ofHours(24);

    private final GuardRules rules;
    private final Book book;
    private final BanStore store;
    private final Drops drops;
    private final AuditLog audit;
    private final Clock clock;
    private final Object saving = new Object(); // taken around the store, never inside other locks

    // All below: under the lock of this object, which is taken before the book's.
    private final Startups strangers;
    private final Startups friends;
    private final Refusals refusals;
    private final Map<Offence, Long> offences = new EnumMap<>(Offence.class);
    private long refused;
    private long crowded;
    private long displaced;

    /**
     * @param chance for the random early drop
     * @param secrets for incidents, which must not be guessed
     */
    public Guard(
            GuardRules rules,
            BanStore store,
            Drops drops,
            AuditLog audit,
            Clock clock,
            RandomGenerator chance,
            RandomGenerator secrets) {
        this.rules = rules;
        this.book = new Book(rules.penalties(), rules.bans(), () -> Incident.random(secrets));
        this.store = store;
        this.drops = drops;
        this.audit = audit;
        this.clock = clock;
        this.strangers = new Startups(rules.startups(), chance);
        this.friends = new Startups(rules.startups().times(FRIENDS_ROOM), chance);
        this.refusals = new Refusals(rules.penalties().sources());
    }

    /** Reads what an earlier door has kept; before the first connection. */
    public void remember(long nanos) throws BansUnavailable {
        book.remember(store.load(), nanos, clock.instant());
    }

    /** What operators and members may see and change. */
    public BanDesk desk() {
        return new BanDesk(book, this::lifted, this::save, audit, clock);
    }

    /** A new connection; whoever is admitted must {@link #leave}. */
    public Entrance arrive(SourceGroup source, long nanos) {
        Instant now = clock.instant();
        Standing standing = book.standing(source, nanos, now);
        Ticket ticket = new Ticket(source, nanos, standing.exempt());
        if (standing.exempt()) {
            return new Entrance.Admitted(ticket, Optional.empty());
        }
        Optional<Hindrance> hindrance = Hindrance.of(standing, source);
        return hindrance.isPresent()
                ? hindered(ticket, standing, hindrance.get(), nanos, now)
                : free(ticket, standing, nanos);
    }

    private Entrance hindered(
            Ticket ticket, Standing standing, Hindrance hindrance, long nanos, Instant now) {
        Refusals.Verdict verdict;
        synchronized (this) {
            if (standing.friend() && !standing.bannedByOperator()) {
                if (friends.of(ticket.source()) < FRIENDS_PATIENCE) {
                    return seated(friends.arrive(ticket, nanos), ticket);
                }
                refused++;
                return new Entrance.Refused(hindrance.crowdedFriend(FRIENDS_PATIENCE, now));
            }
            refused++;
            verdict = refusals.refuse(ticket.source(), hindrance.incident(), nanos);
        }
        if (verdict.drop()) {
            drops.drop(ticket.source(), hindrance.left(now, LONGEST_DROP));
        }
        return verdict.tell()
                ? new Entrance.Refused(hindrance.refusal(now))
                : new Entrance.Dropped();
    }

    private synchronized Entrance free(Ticket ticket, Standing standing, long nanos) {
        if (standing.friend()) {
            return seated(friends.arrive(ticket, nanos), ticket);
        }
        if (strangers.of(ticket.source()) >= rules.perSource()) {
            crowded++;
            return new Entrance.Refused(
                    Refusal.of(Code.DOOR_BUSY, rules.perSource() + " of this source wait"));
        }
        return seated(strangers.arrive(ticket, nanos), ticket);
    }

    private Entrance seated(Startups.Verdict verdict, Ticket ticket) {
        if (!verdict.in()) {
            crowded++;
            return new Entrance.Refused(Refusal.of(Code.DOOR_BUSY, "too many wait"));
        }
        displaced += verdict.instead().isPresent() ? 1 : 0;
        return new Entrance.Admitted(ticket, verdict.instead());
    }

    /** That connection does not wait any more: it has logged in, or ended. Again does nothing. */
    public synchronized void leave(Ticket ticket) {
        if (!ticket.exempt() && !friends.leave(ticket)) {
            strangers.leave(ticket);
        }
    }

    /** Whether it has waited for so long that it counts as one that tried nothing when it must go. */
    public static boolean isStale(Ticket ticket, long nanos) {
        return ticket.ageAt(nanos) > Startups.STALE.toNanos();
    }

    /** A connection of that source ended without a login. */
    public void failed(SourceGroup source, Offence offence, long nanos) {
        synchronized (this) {
            offences.merge(offence, 1L, Long::sum);
        }
        List<AuditEvent> events = book.failed(source, offence, nanos, clock.instant());
        events.forEach(audit::record);
    }

    /** Somebody logged in from there. */
    public void succeeded(SourceGroup source) {
        book.succeeded(source, clock.instant());
    }

    /** Forgets what is over, and keeps what has changed; called every second or so, and before the end. */
    public void sweep(long nanos) {
        book.expire(nanos, clock.instant()).forEach(audit::record);
        try {
            save();
        } catch (BansUnavailable e) {
            LOG.warn("Bans and friends are not kept over a restart now: {}", e.getMessage());
        }
    }

    private void save() throws BansUnavailable {
        synchronized (saving) {
            List<BanChange> changes = book.takeUnsaved();
            if (changes.isEmpty()) {
                return;
            }
            try {
                store.keep(changes);
            } catch (BansUnavailable e) {
                book.putBack(changes);
                throw e;
            }
        }
    }

    private void lifted(Incident incident) {
        List<SourceGroup> dropped;
        synchronized (this) {
            dropped = refusals.forget(incident);
        }
        dropped.forEach(drops::lift);
    }

    /** What there is to count. */
    public GuardNumbers numbers() {
        GuardNumbers.Tables tables = book.numbers();
        synchronized (this) {
            return new GuardNumbers(
                    tables,
                    strangers.waiting() + friends.waiting(),
                    refused,
                    crowded,
                    displaced,
                    Map.copyOf(offences));
        }
    }
}

package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.SourceGroup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Bans and penalties as people look at them and change them. Thread-safe; changes wait for the store and the audit. */
public final class BanDesk {
    /** How keeping goes wrong. */
    interface Save {
        void now() throws BansUnavailable;
    }

    /** What became of a wish to lift something. */
    public sealed interface Lifting {
        /** Done: that network may come again. */
        record Lifted(AddressBlock network) implements Lifting {}

        /** Nothing of that name is in force. */
        record Unknown() implements Lifting {}

        /** An operator placed it, and only operators lift it. */
        record NotYours() implements Lifting {}
    }

    private final Book book;
    private final Consumer<Incident> lifted;
    private final Save save;
    private final AuditLog audit;
    private final Clock clock;

    BanDesk(Book book, Consumer<Incident> lifted, Save save, AuditLog audit, Clock clock) {
        this.book = book;
        this.lifted = lifted;
        this.save = save;
        this.audit = audit;
        this.clock = clock;
    }

    /** All bans in force, in the order of their ends. */
    public List<Ban> bans() {
        return book.bans(clock.instant());
    }

    /** All penalties that are enforced and are no ban; who must wait longest comes first. */
    public List<PenaltyView> penalties() {
        Instant now = clock.instant();
        return book.penalties(System.nanoTime(), now).stream()
                .filter(penalty -> book.ban(penalty.incident(), now).isEmpty())
                .toList();
    }

    /** All about one source. */
    public Standing standing(SourceGroup source) {
        return book.standing(source, System.nanoTime(), clock.instant());
    }

    /** A ban in force, by its name. */
    public Optional<Ban> ban(Incident incident) {
        return book.ban(incident, clock.instant());
    }

    /** A ban in force of exactly that network. */
    public Optional<Ban> ban(AddressBlock network) {
        return book.ban(network, clock.instant());
    }

    /** A penalty that is enforced, by its name. */
    public Optional<PenaltyView> penalty(Incident incident) {
        return book.penalty(incident, System.nanoTime(), clock.instant());
    }

    /** The networks that are never punished. */
    public List<AddressBlock> exempt() {
        return book.exempt();
    }

    /** Whether no operator's ban fits any more. */
    public boolean isFull() {
        return book.isFullForOperators();
    }

    /**
     * Bans a network from now on; who is logged in from there stays.
     *
     * @param length empty until somebody lifts it
     * @throws BansUnavailable when it is in force but will not outlive the door
     */
    public Ban add(AddressBlock network, String operator, String reason, Optional<Duration> length)
            throws BansUnavailable {
        Instant now = clock.instant();
        Ban ban =
                new Ban(
                        book.newIncident(),
                        network,
                        Ban.By.OPERATOR,
                        operator,
                        reason,
                        0,
                        now,
                        length.map(now::plus));
        book.place(ban).forEach(audit::record);
        save.now();
        return ban;
    }

    /** An operator lifts a ban of any kind, or forgives a penalty. */
    public Lifting remove(Incident incident, String operator) throws BansUnavailable {
        return lift(incident, operator, Optional.empty(), true);
    }

    /** A member lifts what the door has done; an operator's word stands. */
    public Lifting unban(Incident incident, PrincipalName member) throws BansUnavailable {
        return lift(incident, member.value(), Optional.of(member), false);
    }

    private Lifting lift(
            Incident incident, String by, Optional<PrincipalName> member, boolean anything)
            throws BansUnavailable {
        Instant now = clock.instant();
        Optional<Ban> ban = book.ban(incident, now);
        Optional<PenaltyView> penalty = book.penalty(incident, System.nanoTime(), now);
        if (ban.filter(one -> one.by() == Ban.By.OPERATOR).isPresent() && !anything) {
            return new Lifting.NotYours();
        }
        Optional<AddressBlock> network =
                ban.map(Ban::network).or(() -> penalty.map(one -> one.source().block()));
        if (network.isEmpty()) {
            return new Lifting.Unknown();
        }
        ban.ifPresent(book::lift);
        penalty.ifPresent(one -> book.forgive(one.source()));
        lifted.accept(incident);
        audit.record(new AuditEvent.BanLifted(network.get(), incident.value(), by, member));
        save.now();
        return new Lifting.Lifted(network.get());
    }
}

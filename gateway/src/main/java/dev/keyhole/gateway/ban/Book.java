package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.SourceGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the guard knows about sources: penalties, how many in a row, bans, friends. Thread-safe by its own monitor, under
 * which nothing blocks; what is to be written down is given back.
 */
final class Book {
    private final BanRules rules;
    private final Supplier<Incident> incidents;
    private final Penalties ofVersion4;
    private final Penalties ofVersion6;
    private final Bans bans;
    private final Strikes strikes;
    private final Friends friends;
    private final Unsaved unsaved = new Unsaved();

    Book(PenaltyRules penalties, BanRules rules, Supplier<Incident> incidents) {
        this.rules = rules;
        this.incidents = incidents;
        this.ofVersion4 = new Penalties(penalties, incidents);
        this.ofVersion6 = new Penalties(penalties, incidents);
        this.bans = new Bans(penalties.sources());
        this.strikes = new Strikes(rules.forgiveAfter().toNanos(), 2 * penalties.sources());
        this.friends = new Friends(rules.friendFor(), Friends.MOST);
    }

    /** What an earlier door has kept. */
    synchronized void remember(BanStore.Kept kept, long nanos, Instant now) {
        kept.friends().stream()
                .filter(friend -> friend.last().isAfter(friends.oldest(now)))
                .forEach(friends::remember);
        for (Ban ban : kept.bans()) {
            bans.place(ban);
            if (ban.by() == Ban.By.DOOR) {
                long ends = nanos + ban.until().map(end -> nanosBetween(now, end)).orElse(0L);
                strikes.set(sourceOf(ban), rules.after() - 1 + ban.level(), ends);
            }
        }
    }

    synchronized Standing standing(SourceGroup source, long nanos, Instant now) {
        if (rules.isExempt(source)) {
            return new Standing(
                    true, false, Optional.empty(), Optional.empty(), Optional.empty(), 0);
        }
        return new Standing(
                false,
                friends.has(source, now),
                bans.covering(source, now),
                table(source).enforced(source, nanos).map(one -> view(one, now)),
                table(source).outstanding(source, nanos),
                strikes.inARow(source, nanos));
    }

    /** A connection failed; what has come of it, to be written down. */
    synchronized List<AuditEvent> failed(
            SourceGroup source, Offence offence, long nanos, Instant now) {
        if (rules.isExempt(source)) {
            return List.of();
        }
        return table(source)
                .add(source, offence, nanos)
                .map(penalty -> enforce(penalty, nanos, now))
                .orElse(List.of());
    }

    private List<AuditEvent> enforce(Penalties.Enforced penalty, long nanos, Instant now) {
        List<AuditEvent> events = new ArrayList<>();
        events.add(
                new AuditEvent.SourcePenalised(
                        penalty.source().block(),
                        penalty.incident().value(),
                        now.plus(penalty.left()).truncatedTo(ChronoUnit.SECONDS),
                        penalty.counts()));
        int inARow = strikes.count(penalty.source(), nanos);
        if (inARow >= rules.after()) {
            int level = inARow - rules.after() + 1;
            Duration length = rules.length(level);
            Ban ban =
                    new Ban(
                            penalty.incident(),
                            penalty.source().block(),
                            Ban.By.DOOR,
                            "door",
                            inARow + " penalties in a row, the last for " + penalty.counts(),
                            level,
                            now,
                            Optional.of(now.plus(length)));
            if (bans.covering(penalty.source(), now).isEmpty()) {
                strikes.set(penalty.source(), inARow, nanos + length.toNanos());
                events.addAll(place(ban));
            }
        }
        return events;
    }

    /** An operator's or the door's. */
    synchronized List<AuditEvent> place(Ban ban) {
        bans.of(ban.network())
                .ifPresent(before -> unsaved.add(new BanChange.Forget(before.incident())));
        Optional<Ban> displaced = bans.place(ban);
        displaced.ifPresent(gone -> unsaved.add(new BanChange.Forget(gone.incident())));
        unsaved.add(new BanChange.Keep(ban));
        return List.of(
                new AuditEvent.BanPlaced(
                        ban.network(),
                        ban.incident().value(),
                        ban.placer(),
                        ban.until().map(Book::text).orElse("lifted"),
                        ban.reason()));
    }

    synchronized void succeeded(SourceGroup source, Instant now) {
        if (!rules.isExempt(source) && friends.loggedIn(source, now)) {
            unsaved.add(new BanChange.KeepFriend(new Friend(source, now)));
        }
    }

    /** Forgives a source: its penalty, and how many there were. Its ban is another matter. */
    synchronized void forgive(SourceGroup source) {
        table(source).forgive(source);
        strikes.forget(source);
    }

    /** Lifts a ban; the door's is forgiven too, or the next failure would bring it back. */
    synchronized void lift(Ban ban) {
        bans.remove(ban);
        unsaved.add(new BanChange.Forget(ban.incident()));
        if (ban.by() == Ban.By.DOOR) {
            forgive(sourceOf(ban));
        }
    }

    synchronized Optional<Ban> ban(Incident incident, Instant now) {
        return bans.named(incident).filter(ban -> !ban.isOverAt(now));
    }

    synchronized Optional<Ban> ban(AddressBlock network, Instant now) {
        return bans.of(network).filter(ban -> !ban.isOverAt(now));
    }

    synchronized Optional<PenaltyView> penalty(Incident incident, long nanos, Instant now) {
        return ofVersion4
                .enforced(incident, nanos)
                .or(() -> ofVersion6.enforced(incident, nanos))
                .map(one -> view(one, now));
    }

    synchronized List<Ban> bans(Instant now) {
        return bans.all().stream().filter(ban -> !ban.isOverAt(now)).toList();
    }

    /** Who must wait longest comes first. */
    synchronized List<PenaltyView> penalties(long nanos, Instant now) {
        return Stream.concat(
                        ofVersion4.enforced(nanos).stream(), ofVersion6.enforced(nanos).stream())
                .map(one -> view(one, now))
                .toList();
    }

    synchronized boolean isFullForOperators() {
        return bans.isFullForOperators();
    }

    /** Forgets what is over; to be written down. */
    synchronized List<AuditEvent> expire(long nanos, Instant now) {
        ofVersion4.expire(nanos);
        ofVersion6.expire(nanos);
        if (friends.expire(now)) {
            unsaved.add(new BanChange.ForgetFriendsBefore(friends.oldest(now)));
        }
        List<AuditEvent> over = new ArrayList<>();
        for (Ban ban : bans.expire(now)) {
            unsaved.add(new BanChange.Forget(ban.incident()));
            over.add(new AuditEvent.BanExpired(ban.network(), ban.incident().value()));
        }
        return over;
    }

    synchronized List<BanChange> takeUnsaved() {
        return unsaved.take();
    }

    synchronized void putBack(List<BanChange> changes) {
        unsaved.putBack(changes);
    }

    Incident newIncident() {
        return incidents.get();
    }

    boolean isExempt(SourceGroup source) {
        return rules.isExempt(source);
    }

    List<AddressBlock> exempt() {
        return rules.exempt();
    }

    synchronized GuardNumbers.Tables numbers() {
        return new GuardNumbers.Tables(
                ofVersion4.size() + ofVersion6.size(),
                ofVersion4.active() + ofVersion6.active(),
                bans.ofDoor(),
                bans.size() - bans.ofDoor(),
                friends.size(),
                bans.mostOfDoor(),
                ofVersion4.overflows() + ofVersion6.overflows() + bans.overflows());
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Penalties table(SourceGroup source) {
        return source.isVersion4() ? ofVersion4 : ofVersion6;
    }

    private static PenaltyView view(Penalties.Enforced one, Instant now) {
        return new PenaltyView(one.source(), one.incident(), now.plus(one.left()), one.counts());
    }

    private static SourceGroup sourceOf(Ban ban) {
        return SourceGroup.of(ban.network().network());
    }

    private static long nanosBetween(Instant now, Instant end) {
        return Duration.between(now, end).toNanos();
    }
}

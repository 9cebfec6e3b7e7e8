package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Limits;
import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The end of the second step: whether a principal, proven by its signature, may have one more session.
 *
 * <p>Sessions whose computer is gone must not lock their owner out. {@link Watch} lets them go within 45 s; who comes
 * back sooner has them asked at once, and one that had missed a question already and is silent now gives up its place.
 * Thread-safe; it blocks for at most {@link #ANSWER_PATIENCE}, and only where the limit is reached and a session is
 * suspect.
 */
final class SessionLimit {
    /** A live peer was heard from since the last question of {@link Watch}, a slow line's delay included. */
    private static final Duration SUSPECT_AFTER = Watch.PERIOD.plusSeconds(2);

    static final Duration ANSWER_PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_NAMED = 5;

    private final Limits limits;
    private final Usage usage;
    private final Clock clock;

    SessionLimit(Limits limits, Usage usage, Clock clock) {
        this.limits = limits;
        this.usage = usage;
        this.clock = clock;
    }

    /** Why it may not come in; empty when it is in and counted, until {@link #leave}. */
    Optional<Refusal> enter(DoorSession session, PrincipalName principal)
            throws InterruptedException {
        PrincipalUse use = usage.of(principal);
        int most = limits.of(principal).sessions();
        boolean in = use.enter(session, most);
        if (!in && endTheDead(use)) {
            in = use.enter(session, most);
        }
        return in ? Optional.empty() : Optional.of(refusal(use, most));
    }

    /** Gives the place back; harmless for a session that had none. */
    void leave(DoorSession session, PrincipalName principal) {
        usage.of(principal).leave(session);
    }

    /** Whether any of them gave its place up. */
    private static boolean endTheDead(PrincipalUse use) throws InterruptedException {
        List<DoorSession> suspects =
                use.sessions().stream()
                        .filter(session -> session.silence().compareTo(SUSPECT_AFTER) > 0)
                        .toList();
        if (suspects.isEmpty()) {
            return false;
        }
        CountDownLatch heard = new CountDownLatch(suspects.size());
        suspects.forEach(session -> Watch.ask(session, heard::countDown));
        if (heard.await(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        List<DoorSession> dead =
                suspects.stream()
                        .filter(session -> session.silence().compareTo(SUSPECT_AFTER) > 0)
                        .toList();
        dead.forEach(session ->
                session.end(Refusal.of(Code.IDLE_PEER, "silent when its owner needed its place")));
        return !dead.isEmpty();
    }

    private Refusal refusal(PrincipalUse use, int most) {
        List<DoorSession> open = use.sessions();
        String named =
                open.stream().limit(MOST_NAMED).map(this::named).collect(Collectors.joining(", "));
        String rest =
                open.size() > MOST_NAMED ? " and " + (open.size() - MOST_NAMED) + " more" : "";
        String full = open.size() + " of " + most + " sessions are open";
        return new Refusal(
                Code.SESSION_LIMIT,
                full
                        + (named.isEmpty() ? "" : ": " + named + rest)
                        + ". "
                        + Code.SESSION_LIMIT.nextMove()
                        + " One whose computer is gone is let go within 45 s.",
                full);
    }

    private String named(DoorSession session) {
        Instant since = clock.instant().minusNanos(System.nanoTime() - session.arrival().atNanos());
        return session.arrival().session()
                + " since "
                + ClockTime.of(since, clock.instant())
                + " from "
                + session.arrival().source().address().getHostAddress();
    }
}

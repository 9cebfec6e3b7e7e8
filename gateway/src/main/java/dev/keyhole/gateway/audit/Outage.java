package dev.keyhole.gateway.audit;

import dev.keyhole.wire.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something outside of the door that gets what is audited, and does not work for a while: its begin and its end are an
 * event and a line of the log each, however often it is tried meanwhile. Thread-safe; saying it waits for the audit's disk.
 */
public final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private record Begun(Instant at, String reason) {}

    private final String what;
    private final AuditLog audit;
    private final Clock clock;
    private final Function<String, AuditEvent> begin;
    private final Function<Instant, AuditEvent> end;
    private @Nullable Begun begun;
    private boolean atTheEnd;

    /**
     * @param what it is, for the log
     * @param begin the event for a reason
     * @param end the event for a time since when
     */
    public Outage(
            String what,
            AuditLog audit,
            Clock clock,
            Function<String, AuditEvent> begin,
            Function<Instant, AuditEvent> end) {
        this.what = what;
        this.audit = audit;
        this.clock = clock;
        this.begin = begin;
        this.end = end;
    }

    /** It does not work; the first reason is the one that is said. */
    public void begins(String reason) {
        if (isNew(reason)) {
            // Who answers there may have chosen words of it.
            LOG.warn("{} cannot be reached: {}", what, Json.write(reason));
            record(begin.apply(reason));
        }
    }

    /** It works. */
    public void ends() {
        over().ifPresent(since -> {
            LOG.info("{} is reached again; it was not since {}", what, since);
            record(end.apply(since));
        });
    }

    /** From here on the audit is about to be closed, and only the log is told. */
    public synchronized void doorEnds() {
        atTheEnd = true;
    }

    /** Why it does not work; empty while it does. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(begun)
                .map(now -> what + " is out of reach since " + now.at() + ": " + now.reason());
    }

    private synchronized boolean isNew(String reason) {
        if (begun != null) {
            return false;
        }
        begun = new Begun(clock.instant(), reason);
        return true;
    }

    private synchronized Optional<Instant> over() {
        Optional<Instant> since = Optional.ofNullable(begun).map(Begun::at);
        begun = null;
        return since;
    }

    private void record(AuditEvent event) {
        if (!isAtTheEnd()) {
            audit.record(event);
        }
    }

    private synchronized boolean isAtTheEnd() {
        return atTheEnd;
    }
}

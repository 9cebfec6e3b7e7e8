package dev.keyhole.gateway.audit;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what could not be written as usual, until it can be said in an event. Thread-safe; nobody waits. */
final class Trouble {
    private @Nullable Instant since;
    private String reason = "";
    private long kept;
    private long refused;
    private long lost;

    /** @return whether it is new */
    synchronized boolean begins(Instant at, String why) {
        if (since != null) {
            return false;
        }
        since = at;
        reason = why;
        return true;
    }

    /** Events that had to wait elsewhere. */
    synchronized void kept(long events) {
        kept += events;
    }

    /** Something that was therefore not allowed. */
    synchronized void refused() {
        refused++;
    }

    /** An event that there is no room for anywhere. */
    synchronized void lost() {
        lost++;
    }

    synchronized boolean isThere() {
        return since != null;
    }

    /** What has to be said about it. */
    synchronized Optional<AuditEvent.AuditAlarm> alarm() {
        return Optional.ofNullable(since)
                .map(begun -> new AuditEvent.AuditAlarm(begun, reason, kept, refused, lost));
    }

    /** That was said; what has come since then is said next time. */
    synchronized void isOver(AuditEvent.AuditAlarm said) {
        kept -= said.kept();
        refused -= said.refused();
        lost -= said.lost();
        if (kept + refused + lost == 0) {
            since = null;
        }
    }
}

package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.wire.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A live session as its owner sees it; the members of the document are named after these, and after those of {@link
 * SessionView}.
 *
 * @param thisSession whether it is the one that asks
 */
record OwnSession(
        String id,
        String source,
        Instant since,
        String client,
        String key,
        List<String> forwards,
        long bytesIn,
        long bytesOut,
        long idleSeconds,
        boolean thisSession) {
    static OwnSession of(SessionView session, Authenticated who) {
        return new OwnSession(
                session.id(),
                session.source(),
                session.since(),
                session.client(),
                session.key(),
                session.forwards(),
                session.bytesIn(),
                session.bytesOut(),
                session.idleSeconds(),
                session.id().equals(who.arrival().session().value()));
    }

    String text(Instant now) {
        return id
                + " since "
                + ClockTime.of(since, now)
                + " from "
                + source
                + ", "
                + Printable.of(client)
                + ", "
                + (forwards.isEmpty() ? "no forwards" : "forwards to " + String.join(" ", forwards))
                + ", "
                + bytesIn
                + " bytes in, "
                + bytesOut
                + " out, idle "
                + ClockTime.length(Duration.ofSeconds(idleSeconds))
                + (thisSession ? "  <- this session" : "");
    }
}

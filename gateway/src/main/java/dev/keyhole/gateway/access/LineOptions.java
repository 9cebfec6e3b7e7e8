package dev.keyhole.gateway.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The options of a line that mean something here.
 *
 * @param from where the key may be used; absent means anywhere
 * @param expiry until when
 * @param verifyRequired see {@link AuthorizedKey#requiresVerification}
 * @param noTouchRequired see {@link AuthorizedKey#requiresTouch}
 * @param forwarding whether it may open forwards
 * @param pty whether it may have a terminal
 * @param open the only destinations that it may forward to; empty means all of its principal's
 */
record LineOptions(
        Optional<SourcePatterns> from,
        Optional<Instant> expiry,
        boolean verifyRequired,
        boolean noTouchRequired,
        boolean forwarding,
        boolean pty,
        List<PermittedOpen> open) {
    static final LineOptions NONE =
            new LineOptions(
                    Optional.empty(), Optional.empty(), false, false, true, true, List.of());
}

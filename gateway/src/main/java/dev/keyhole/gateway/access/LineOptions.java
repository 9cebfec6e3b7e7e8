package dev.keyhole.gateway.access;

import java.time.Instant;
import java.util.Optional;

/**
 * The options of a line that mean something here.
 *
 * @param from where the key may be used; absent means anywhere
 * @param expiry until when
 * @param verifyRequired see {@link AuthorizedKey#requiresVerification}
 * @param noTouchRequired see {@link AuthorizedKey#requiresTouch}
 */
record LineOptions(
        Optional<SourcePatterns> from,
        Optional<Instant> expiry,
        boolean verifyRequired,
        boolean noTouchRequired) {
    static final LineOptions NONE =
            new LineOptions(Optional.empty(), Optional.empty(), false, false);
}

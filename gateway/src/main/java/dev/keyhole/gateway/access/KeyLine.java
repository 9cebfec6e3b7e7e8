package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import java.util.Optional;

/** What one line of {@code authorized_keys} came to. */
public sealed interface KeyLine {
    /** A key that may log in. */
    record Usable(AuthorizedKey key) implements KeyLine {}

    /**
     * A line that is not used, because it is wrong, too weak, or limits its key in a way that is not enforced here.
     *
     * @param subject which one: the key's comment, else a shortened form of the line
     * @param limitedKey the key, when only its options are why the line is skipped: it must then not be let in by
     *     another, unlimited copy either
     * @param reason one sentence for a person
     * @param nextMove one sentence for a person
     */
    record Skipped(String subject, String reason, String nextMove, Optional<Fingerprint> limitedKey)
            implements KeyLine {}

    /** Nothing, or a remark. */
    record Blank() implements KeyLine {}
}

package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.AddressBlock;
import java.time.Instant;
import java.util.Optional;

/**
 * Nobody of that network may begin a connection.
 *
 * @param by who placed it
 * @param placer {@code door}, or the operator's name
 * @param reason why, in words; of the door's bans with what was counted
 * @param level how often the source was banned in a row; 0 of an operator's ban
 * @param until empty when it holds until somebody lifts it
 */
public record Ban(
        Incident incident,
        AddressBlock network,
        By by,
        String placer,
        String reason,
        int level,
        Instant since,
        Optional<Instant> until) {
    /** The door bans after failures, and forgives; an operator bans for reasons of his own. */
    public enum By {
        DOOR,
        OPERATOR
    }

    boolean isOverAt(Instant time) {
        return until.filter(end -> !end.isAfter(time)).isPresent();
    }
}

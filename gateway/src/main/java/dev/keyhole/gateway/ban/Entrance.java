package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.Refusal;
import java.util.Optional;

/** What becomes of a new connection. */
public sealed interface Entrance {
    /**
     * It may try to log in.
     *
     * @param ticket to be given back when it has logged in or ended
     * @param instead whose connection must end for it
     */
    record Admitted(Ticket ticket, Optional<Ticket> instead) implements Entrance {}

    /** It may not, and is to be told why, if that costs little. */
    record Refused(Refusal why) implements Entrance {}

    /** It may not, and has been told often enough. */
    record Dropped() implements Entrance {}
}

package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets the kernel drop new connections of a source, so that it costs us nothing any more. What it has open stays. Only
 * an addition: whoever is banned is refused by the door as well. Thread-safe; never throws, and never waits but where it says so.
 */
public interface Drops {
    /** From soon on and for that long; a second time it begins anew. */
    void drop(SourceGroup source, Duration time);

    /** Ends it; also when nothing was dropped. */
    void lift(SourceGroup source);

    void liftAll();

    /** How the kernel helps; never waits. */
    DropNumbers numbers();

    /** Why the kernel drops nothing, or did not take the last change; empty when all is well. Waits for whoever can ask it. */
    Optional<String> trouble();

    /**
     * For where the kernel cannot be asked: the door refuses by itself, and that is all.
     *
     * @param reason one sentence for a person
     */
    static Drops none(String reason) {
        return new NoDrops(reason);
    }
}

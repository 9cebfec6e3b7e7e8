package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.time.Duration;

/**
 * Lets the kernel drop new connections of a source, so that it costs us nothing any more. What it has open stays. Only
 * an addition: whoever is banned is refused by the door as well. Thread-safe; never waits, never throws.
 */
public interface Drops {
    /** From soon on and for that long; a second time it begins anew. */
    void drop(SourceGroup source, Duration time);

    /** Ends it; also when nothing was dropped. */
    void lift(SourceGroup source);

    void liftAll();

    /** How the kernel helps; never waits. */
    DropNumbers numbers();

    /**
     * For where the kernel cannot be asked: the door refuses by itself, and that is all.
     *
     * @param reason one sentence for a person
     */
    static Drops none(String reason) {
        return new NoDrops(reason);
    }
}

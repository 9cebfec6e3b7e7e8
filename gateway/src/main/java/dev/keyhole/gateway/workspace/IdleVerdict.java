package dev.keyhole.gateway.workspace;

import java.time.Duration;
import java.util.List;

/** Whether a workspace goes on, and why. */
public sealed interface IdleVerdict {
    /** Nothing of it runs, so there is nothing to stop. */
    record NotRunning() implements IdleVerdict {}

    /** Something keeps it. */
    record Kept(List<KeptBy> by) implements IdleVerdict {
        public Kept {
            by = List.copyOf(by);
        }
    }

    /** Nothing keeps it, and this door stops none for that. */
    record NeverStops() implements IdleVerdict {}

    /**
     * Nothing keeps it.
     *
     * @param left until it is stopped, if that stays so; zero or less when it is time
     */
    record Stops(Duration left) implements IdleVerdict {}
}

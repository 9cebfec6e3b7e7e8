package dev.keyhole.gateway.workspace;

import java.time.Duration;

/**
 * How long and how often a service is waited for.
 *
 * @param untilReady from the start of the process to its first answer
 * @param betweenProbes between two questions whether it answers
 * @param tries starts after the first one, before it is given up
 * @param firstPause before the second start; doubles for each further one
 * @param forgivesAfter a service that ran this long starts counting anew
 */
public record Patience(
        Duration untilReady,
        Duration betweenProbes,
        int tries,
        Duration firstPause,
        Duration forgivesAfter) {
    /** A cold JupyterLab on a slow disk takes tens of seconds; one that cannot start shows within two tries. */
    public static final Patience DEFAULT =
            new Patience(
                    Duration.ofSeconds(120),
                    Duration.ofMillis(50),
                    3,
                    Duration.ofMillis(500),
                    Duration.ofSeconds(60));

    Duration pause(int failures) {
        return firstPause.multipliedBy(1L << Math.min(failures - 1, 16));
    }
}

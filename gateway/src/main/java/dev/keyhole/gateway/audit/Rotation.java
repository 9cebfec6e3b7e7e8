package dev.keyhole.gateway.audit;

import java.time.Duration;

/**
 * When a segment is full, and when a checkpoint is due.
 *
 * @param mostBytes of a segment; besides, each begins with a day of its own (UTC), so that days can be thrown away whole
 * @param checkpointEvery while there is anything new
 * @param checkpointEvents that are not vouched for at most
 */
public record Rotation(long mostBytes, Duration checkpointEvery, int checkpointEvents) {
    /** What the door does. */
    public static final Rotation USUAL = new Rotation(64L << 20, Duration.ofMinutes(10), 10_000);
}

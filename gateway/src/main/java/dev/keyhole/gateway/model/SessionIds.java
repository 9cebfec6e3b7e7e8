package dev.keyhole.gateway.model;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives each connection of a door a name that no other one ever had: {@code c-}, the door's start in tenths of a second
 * (base 36), and a number. No door starts twice in that time, so ids stay apart over restarts without anything that would
 * have to be kept; they also sort by time. Thread-safe.
 */
public final class SessionIds {
    private static final int MILLIS = 100;

    /** So every id of this door is as long as the next; enough until the year 2218. */
    private static final int WIDTH = 7;

    private final String door;
    private final AtomicLong latest = new AtomicLong();

    /** @param start of the door */
    public SessionIds(Instant start) {
        String time =
                Long.toString(Math.max(0, start.toEpochMilli()) / MILLIS, Character.MAX_RADIX);
        this.door = "0".repeat(Math.max(0, WIDTH - time.length())) + time;
    }

    public SessionId next() {
        return new SessionId(
                String.format(Locale.ROOT, "c-%s-%04x", door, latest.incrementAndGet()));
    }
}

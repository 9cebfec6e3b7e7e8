package dev.keyhole.gateway.syslog;

import java.time.Duration;

/** When to try again: after a second at first, then twice as long each time, up to half a minute. Used by one thread. */
final class Backoff {
    private static final long LEAST = Duration.ofSeconds(1).toNanos();
    static final long MOST = Duration.ofSeconds(30).toNanos();

    private long pause = LEAST;
    private long failedAt;
    private boolean waiting;

    boolean isOver(long nanoTime) {
        return !waiting || nanoTime - failedAt >= pause;
    }

    void failed(long nanoTime) {
        pause = waiting ? Math.min(MOST, 2 * pause) : LEAST;
        waiting = true;
        failedAt = nanoTime;
    }

    void succeeded() {
        waiting = false;
    }
}

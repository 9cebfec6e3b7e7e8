package dev.keyhole.gateway.ssh;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of a session's channels, both ways, and when the last one passed. What the protocol itself needs does not
 * count. Thread-safe.
 */
final class Traffic {
    private final AtomicLong in = new AtomicLong();
    private final AtomicLong out = new AtomicLong();
    private volatile long lastNanos = System.nanoTime();

    /** The client has sent them. */
    void arrived(long bytes) {
        in.addAndGet(bytes);
        lastNanos = System.nanoTime();
    }

    /** They are on their way to the client. */
    void sent(long bytes) {
        out.addAndGet(bytes);
        lastNanos = System.nanoTime();
    }

    long bytesIn() {
        return in.get();
    }

    long bytesOut() {
        return out.get();
    }

    /** How long nothing has passed. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastNanos);
    }
}

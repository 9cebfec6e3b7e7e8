package dev.keyhole.gateway.syslog;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What a connection was given and is not known yet to have arrived. A batch has, as far as can be known, when the other
 * kernel has confirmed its bytes and the connection stood a moment longer: a receiver that had died answers with a reset.
 * Used by one thread.
 */
final class OnItsWay {
    private static final long SETTLES = Duration.ofSeconds(2).toNanos();
    private static final long LASTS = Duration.ofMinutes(1).toNanos();
    private static final long DEAD = Duration.ofSeconds(60).toNanos();

    private record Given(Sent after, long bytes, long atNanos) {}

    private final Deque<Given> batches = new ArrayDeque<>();
    private final long begunNanos;
    private long bytes;

    OnItsWay(long nanoTime) {
        this.begunNanos = nanoTime;
    }

    /** @param size of its frames */
    void add(Sent after, long size, long nanoTime) {
        bytes += size;
        batches.add(new Given(after, bytes, nanoTime));
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Whether the connection is old enough to be believed. */
    boolean stands(long nanoTime) {
        return nanoTime - begunNanos >= SETTLES;
    }

    /** Whether it is old enough to forget that there was trouble; one that comes and goes is not. */
    boolean lasts(long nanoTime) {
        return nanoTime - begunNanos >= LASTS;
    }

    /**
     * Forgets what has arrived.
     *
     * @param unacknowledged bytes of the connection; with TLS more than are ours, which errs on the safe side
     * @return up to where, when there is something new
     * @throws IOException when nothing has been confirmed for a minute
     */
    Optional<Sent> arrived(long unacknowledged, long nanoTime) throws IOException {
        Optional<Sent> newest = Optional.empty();
        for (Given first = batches.peek(); first != null; first = batches.peek()) {
            long age = nanoTime - first.atNanos();
            if (age < SETTLES || first.bytes() > bytes - unacknowledged) {
                if (age > DEAD) {
                    throw new IOException("it has confirmed nothing for 60 s");
                }
                break;
            }
            newest = Optional.of(batches.remove().after());
        }
        return newest;
    }
}

package dev.keyhole.gateway.ssh;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One principal's bytes per second in one direction, shared by all forwards of all its sessions: each passes a small
 * piece in its turn, so a large download leaves a terminal its share. Nothing is dropped; who may not go on yet does not
 * read on, and the sender feels it.
 *
 * <p>Thread-safe. Without a limit a pass costs one look at the roster.
 */
final class Throttle {
    /** So that many forwards come around within a moment: a fiftieth of a second's worth, within bounds. */
    private static final int PIECES_A_SECOND = 50;

    private static final int LEAST_PIECE = 1024;

    /** How soon a waiting forward notices that its limit was changed. */
    private static final long LONGEST_NAP = 200_000_000L;

    private final Supplier<OptionalLong> limit;

    // Guarded by this.
    private final TokenBucket bucket = new TokenBucket();
    private long rate;

    /** @param limit bytes per second as of now; asked for every piece */
    Throttle(Supplier<OptionalLong> limit) {
        this.limit = limit;
    }

    /** How many bytes may be passed at once, at most {@code wanted}. */
    int piece(int wanted) {
        OptionalLong perSecond = limit.get();
        return perSecond.isEmpty()
                ? wanted
                : (int)
                        Math.min(
                                wanted,
                                Math.max(LEAST_PIECE, perSecond.getAsLong() / PIECES_A_SECOND));
    }

    /** Returns when that many bytes may go. */
    void pass(int bytes) throws InterruptedException {
        OptionalLong perSecond = limit.get();
        if (perSecond.isEmpty() || bytes == 0) {
            return;
        }
        long now = System.nanoTime();
        long until = now + book(bytes, Math.max(1, perSecond.getAsLong()), now);
        for (long left = until - now; left > 0; left = until - System.nanoTime()) {
            nap(Math.min(left, LONGEST_NAP));
            if (!limit.get().equals(perSecond)) {
                return; // what was booked at the old rate is void
            }
        }
    }

    private synchronized long book(int bytes, long perSecond, long now) {
        if (rate != perSecond) {
            rate = perSecond;
            bucket.clear();
        }
        return bucket.book(bytes, perSecond, now);
    }

    /** On an object of its own: nobody wakes it, only time or an interrupt does. */
    private static void nap(long nanos) throws InterruptedException {
        Object alone = new Object();
        synchronized (alone) {
            TimeUnit.NANOSECONDS.timedWait(alone, Math.max(nanos, 1_000_000));
        }
    }
}

package dev.keyhole.gateway.ssh;

/**
 * Bytes for a rate, as a timetable: whoever asks gets the next free time, so that many who ask in turns get equal shares
 * and nobody is passed over. After a pause a quarter of a second's worth may go at once.
 *
 * <p>Not thread-safe, and without a clock of its own. Times are {@link System#nanoTime()}.
 */
final class TokenBucket {
    private static final long SECOND = 1_000_000_000L;
    private static final long BURST = SECOND / 4;

    private long freeAt;
    private boolean used;

    /**
     * Books bytes.
     *
     * @param perSecond more than 0
     * @return how long to wait before they may go, in nanoseconds; 0 when they may go now
     */
    long book(int bytes, long perSecond, long now) {
        if (!used || freeAt - now < -BURST) {
            used = true;
            freeAt = now - BURST;
        }
        freeAt += Math.round((double) bytes * SECOND / perSecond);
        return Math.max(0, freeAt - now);
    }

    /** The bookings so far are void: another rate holds. */
    void clear() {
        used = false;
    }
}

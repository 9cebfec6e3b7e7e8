package dev.keyhole.gateway.audit;

/**
 * A place in the audit that keeps its meaning when the file that is being written is closed and renamed. Immutable.
 *
 * @param first the number of the first event of its file
 * @param offset bytes into that file
 */
public record ReadPlace(long first, long offset) {
    /** Before everything. */
    public static final ReadPlace START = new ReadPlace(0, 0);
}

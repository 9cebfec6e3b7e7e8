package dev.keyhole.gateway.ssh;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from MINA's thread to the one that writes them to the endpoint. The putter never blocks: the SSH window bounds
 * what it may put.
 *
 * <p>Thread-safe for one putter and one taker.
 */
final class ByteQueue {
    // Guarded by this.
    private final Chunks chunks = new Chunks();
    private boolean ended;
    private boolean discarding;

    synchronized void put(byte[] bytes, int offset, int length) {
        if (!discarding) {
            chunks.put(bytes, offset, length);
        }
        notifyAll();
    }

    /** No more will be put. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Nobody will take any more: what is put from now on is dropped. */
    synchronized void discard() {
        discarding = true;
        chunks.clear();
    }

    /** Waits for bytes, ready to be read; null when the end is reached. */
    synchronized @Nullable ByteBuffer take() throws InterruptedException {
        while (chunks.isEmpty() && !ended) {
            wait();
        }
        return chunks.poll();
    }
}

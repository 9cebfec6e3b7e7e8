package dev.keyhole.gateway.ssh;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from MINA's thread to the one that writes them to the endpoint. The putter never blocks: the SSH window bounds
 * what it may put, and small pieces share a chunk, so that a million one-byte messages cost no more than a megabyte.
 *
 * <p>Thread-safe for one putter and one taker.
 */
final class ByteQueue {
    private static final int CHUNK = 32 * 1024;

    // Guarded by this. All but the last chunk are full; positions count what was put.
    private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
    private boolean ended;
    private boolean discarding;

    synchronized void put(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0 && !discarding) {
            ByteBuffer last = chunks.peekLast();
            if (last == null || !last.hasRemaining()) {
                last = ByteBuffer.allocate(CHUNK);
                chunks.addLast(last);
            }
            int fits = Math.min(left, last.remaining());
            last.put(bytes, from, fits);
            from += fits;
            left -= fits;
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
        ByteBuffer first = chunks.pollFirst();
        return first == null ? null : first.flip();
    }
}

package dev.keyhole.gateway.broker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What came over the socket and was not used yet. The sender's credit bounds it: whoever sends more breaks the protocol.
 * Thread-safe.
 *
 * @param <T> a frame with bytes
 */
final class ChunkQueue<T> {
    private final Deque<T> chunks = new ArrayDeque<>();
    private int bytes;
    private boolean ended;

    /** False when there is more than a window of it. */
    synchronized boolean put(T chunk, int length) {
        if (!ended) {
            chunks.addLast(chunk);
            bytes += length;
            notifyAll();
        }
        return bytes <= Frame.WINDOW;
    }

    /** No more comes; what is there can still be taken. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for one; null at the end. Pair it with {@link #taken}. */
    synchronized @Nullable T take() throws InterruptedException {
        while (chunks.isEmpty() && !ended) {
            wait();
        }
        return chunks.pollFirst();
    }

    synchronized void taken(int length) {
        bytes -= length;
    }
}

package dev.keyhole.gateway.ssh;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in the order of their arrival. Small pieces share a chunk, so that a million one-byte messages cost no more than
 * a megabyte. Not thread-safe.
 */
public final class Chunks {
    private static final int CHUNK = 32 * 1024;

    // All but the last chunk are full; positions count what was put.
    private final Deque<ByteBuffer> chunks = new ArrayDeque<>();

    /** Copies them. */
    public void put(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
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
    }

    /** Takes the first ones, ready to be read; null when there are none. */
    public @Nullable ByteBuffer poll() {
        ByteBuffer first = chunks.pollFirst();
        return first == null ? null : first.flip();
    }

    public boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** Forgets all. */
    public void clear() {
        chunks.clear();
    }
}

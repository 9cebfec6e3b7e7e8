package dev.keyhole.gateway.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a {@link StreamSocket}: transfers that block, one after the other, each told to its handler. A handler
 * that begins the next transfer has it done by the same thread, once the handler has returned, so that neither stacks nor
 * threads pile up.
 *
 * <p>Thread-safe; {@link #begin} never blocks.
 */
final class Direction {
    /** A read or a write that blocks until some bytes are through. */
    interface Transfer {
        int some(ByteBuffer bytes) throws IOException;
    }

    private record Wish<A extends @Nullable Object>(
            ByteBuffer bytes, A attachment, CompletionHandler<Integer, ? super A> handler) {
        void done(int count) {
            handler.completed(count, attachment);
        }

        void failed(Throwable why) {
            handler.failed(why, attachment);
        }
    }

    /** What one thread does: a wish, and the one that came of it. */
    private final class Turn implements Runnable {
        private final Wish<?> first;
        private @Nullable Wish<?> next; // its own thread's only
        private volatile @Nullable Thread thread;

        Turn(Wish<?> first) {
            this.first = first;
        }

        private boolean isOurs() {
            return thread == Thread.currentThread();
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            for (Wish<?> wish = first; wish != null; wish = next) {
                next = null;
                turn = this;
                fulfil(wish);
            }
        }
    }

    private final Transfer transfer;
    private final Supplier<RuntimeException> pending;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable Turn turn;

    /** @param pending what a second transfer at the same time is refused with */
    Direction(Transfer transfer, Supplier<RuntimeException> pending) {
        this.transfer = transfer;
        this.pending = pending;
    }

    <A extends @Nullable Object> void begin(
            ByteBuffer bytes, A attachment, CompletionHandler<Integer, ? super A> handler) {
        if (!busy.compareAndSet(false, true)) {
            throw pending.get();
        }
        Wish<A> wish = new Wish<>(bytes, attachment, handler);
        Turn last = turn;
        if (last != null && last.isOurs()) {
            last.next = wish;
        } else {
            Thread.ofVirtual().start(new Turn(wish));
        }
    }

    private void fulfil(Wish<?> wish) {
        int count;
        try {
            count = transfer.some(wish.bytes());
        } catch (IOException | RuntimeException e) {
            busy.set(false);
            wish.failed(e);
            return;
        }
        busy.set(false);
        wish.done(count);
    }
}

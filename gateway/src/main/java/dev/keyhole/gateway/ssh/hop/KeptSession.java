package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one session with a host: made by whoever needs it first, shared by all, made again when it is dead. Tries follow each
 * other with a pause, one at a time, and only while somebody wants one.
 *
 * <p>Thread-safe; nothing blocks under its lock.
 */
final class KeptSession {
    /** How a session comes about. */
    interface Opening {
        HopSession open(SshHost host) throws HopFailure, InterruptedException;
    }

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final SshHost host;
    private final Opening opening;

    // Guarded by this.
    private @Nullable CompletableFuture<HopSession> current;
    private boolean closed;
    private int failures;
    private long failedAt;

    KeptSession(SshHost host, Opening opening) {
        this.host = host;
        this.opening = opening;
    }

    /** Waits until it stands, whoever opens it. */
    HopSession session() throws HopFailure, InterruptedException {
        try {
            return joined().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HopFailure failure) {
                throw failure.again();
            }
            throw new IllegalStateException("A session with " + host.place() + " broke", e);
        }
    }

    private synchronized CompletableFuture<HopSession> joined() throws HopFailure {
        if (closed) {
            throw closed();
        }
        CompletableFuture<HopSession> known = current;
        if (known == null || isDead(known)) {
            known = begin();
            current = known;
        }
        return known;
    }

    private HopFailure closed() {
        return HopFailure.of(
                Refusal.of(Code.HOST_UNREACHABLE, "the hop to " + host.place() + " was closed"));
    }

    private static boolean isDead(CompletableFuture<HopSession> known) {
        return known.isCompletedExceptionally() || (known.isDone() && !known.resultNow().isOpen());
    }

    private CompletableFuture<HopSession> begin() {
        CompletableFuture<HopSession> next = new CompletableFuture<>();
        long pause =
                failures == 0
                        ? 0
                        : Math.min(
                                FIRST_PAUSE.toNanos() << Math.min(failures - 1, 10),
                                LONGEST_PAUSE.toNanos());
        long wait = pause == 0 ? 0 : failedAt + pause - System.nanoTime();
        Runnable opener = () -> open(next);
        Thread.Builder thread = Thread.ofVirtual().name("[hop " + host.place() + "]");
        if (wait <= 0) {
            thread.start(opener);
        } else {
            CompletableFuture.delayedExecutor(
                            wait, TimeUnit.NANOSECONDS, task -> thread.start(task))
                    .execute(opener);
        }
        return next;
    }

    private void open(CompletableFuture<HopSession> next) {
        try {
            HopSession session = opening.open(host);
            if (!succeeded()) {
                session.close(true);
                next.completeExceptionally(closed());
                return;
            }
            next.complete(session);
        } catch (HopFailure | InterruptedException | RuntimeException e) {
            failed();
            next.completeExceptionally(e);
        }
    }

    private synchronized boolean succeeded() {
        failures = 0;
        return !closed;
    }

    private synchronized void failed() {
        failures++;
        failedAt = System.nanoTime();
    }

    /** Ends it for good. */
    void close() {
        CompletableFuture<HopSession> last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        if (last != null && last.isDone() && !last.isCompletedExceptionally()) {
            last.resultNow().close(false);
        }
    }
}

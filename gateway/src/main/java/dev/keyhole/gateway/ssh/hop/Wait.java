package dev.keyhole.gateway.ssh.hop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.future.SshFuture;

/** Waits for what MINA promises, on the monotonic clock; MINA's own waits follow the wall clock. Keeps no state. */
final class Wait {
    private Wait() {}

    /** Returns when it is done, well or badly. */
    static <F extends SshFuture<F>> F done(F future, Duration patience)
            throws TimeoutException, InterruptedException {
        CompletableFuture<F> done = new CompletableFuture<>();
        future.addListener(done::complete);
        return value(done, patience);
    }

    /** The value of a future that cannot fail. */
    static <T> T value(CompletableFuture<T> future, Duration patience)
            throws TimeoutException, InterruptedException {
        try {
            return future.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("it cannot fail", e);
        }
    }
}

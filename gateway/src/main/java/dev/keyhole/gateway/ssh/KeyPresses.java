package dev.keyhole.gateway.ssh;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Listens for the one thing that a status page understands: Ctrl-C (or Ctrl-D), which arrives as a byte because the
 * client's terminal is raw. Everything else that is typed is forgotten. Thread-safe.
 */
final class KeyPresses {
    private static final byte CTRL_C = 3;
    private static final byte CTRL_D = 4;

    private final CountDownLatch end = new CountDownLatch(1);

    void typed(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == CTRL_C || bytes[i] == CTRL_D) {
                end();
            }
        }
    }

    /** The page is to end, whoever says so. */
    void end() {
        end.countDown();
    }

    /** Waits that long; true when the page is to end. */
    boolean endedWithin(Duration patience) throws InterruptedException {
        return end.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}

package dev.keyhole.gateway.broker;

/** How many bytes may still be sent before the other side has taken some. Thread-safe. */
final class Credit {
    // Guarded by this.
    private int left = Frame.WINDOW;
    private boolean ended;

    /** Waits for at least one byte; gives at most so many, or 0 when there will be none any more. */
    synchronized int spend(int most) throws InterruptedException {
        while (left == 0 && !ended) {
            wait();
        }
        if (ended) {
            return 0;
        }
        int spent = Math.min(left, most);
        left -= spent;
        return spent;
    }

    /** False when more comes back than was spent. */
    synchronized boolean back(int count) {
        left += count;
        notifyAll();
        return left <= Frame.WINDOW;
    }

    /** Nobody waits any more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}

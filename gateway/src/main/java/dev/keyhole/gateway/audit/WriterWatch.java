package dev.keyhole.gateway.audit;

import dev.keyhole.gateway.model.Spread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the audit's one writer does. The writer tells it, anybody may ask; nobody waits. */
final class WriterWatch {
    /** In seconds: from what an idle disk takes to where everybody loses patience. */
    private static final List<Double> WAITS =
            List.of(0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 10.0);

    private final Spread waits = new Spread(WAITS);
    private final LongAdder written = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final AtomicLong oldestNanos = new AtomicLong(); // 0 while nothing is being written
    private volatile int writing;
    private volatile long lastSyncNanos;
    private volatile long segmentBytes;

    /** Begins with a batch, whose first event was given at that {@link System#nanoTime()}. */
    void begins(int events, long sinceNanos) {
        writing = events;
        oldestNanos.set(sinceNanos);
    }

    /** All of it is on disk. */
    void done(int events, long syncNanos, long bytes) {
        written.add(events);
        lastSyncNanos = syncNanos;
        segmentBytes = bytes;
    }

    /** They are on disk, in the reserve. */
    void kept(int events) {
        written.add(events);
    }

    /** Whatever came of it, nothing is being written now. */
    void ends() {
        writing = 0;
        oldestNanos.set(0);
    }

    /** Somebody went on who had given an event at that {@link System#nanoTime()}. */
    void waited(long sinceNanos) {
        waits.took(Duration.ofNanos(System.nanoTime() - sinceNanos));
    }

    void lost() {
        lost.increment();
    }

    /** How long the file is that goes on being written. */
    void opened(long bytes) {
        segmentBytes = bytes;
    }

    /** How long the oldest event has waited that is being written. */
    Duration lag() {
        long oldest = oldestNanos.get();
        return Duration.ofNanos(oldest == 0 ? 0 : Math.max(0, System.nanoTime() - oldest));
    }

    /** @param queued events that nobody has begun with */
    AuditNumbers numbers(int queued) {
        return new AuditNumbers(
                written.sum(),
                lost.sum(),
                queued + writing,
                lag(),
                Duration.ofNanos(lastSyncNanos),
                segmentBytes,
                waits.seen());
    }
}

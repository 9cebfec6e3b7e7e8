package dev.keyhole.gateway.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How long something took, in classes with fixed bounds. Thread-safe; it never blocks. */
public final class Spread {
    private final List<Double> bounds;
    private final AtomicLongArray counts;
    private final LongAdder nanos = new LongAdder();

    /** @param bounds the longest of each class in seconds, ascending; what took longer is a class of its own */
    public Spread(List<Double> bounds) {
        this.bounds = List.copyOf(bounds);
        this.counts = new AtomicLongArray(bounds.size() + 1);
    }

    public void took(Duration time) {
        double seconds = time.toNanos() / 1e9;
        int at = 0;
        while (at < bounds.size() && seconds > bounds.get(at)) {
            at++;
        }
        counts.incrementAndGet(at);
        nanos.add(time.toNanos());
    }

    /** All so far. */
    public Durations seen() {
        List<Long> now = new ArrayList<>();
        for (int i = 0; i < counts.length(); i++) {
            now.add(counts.get(i));
        }
        return new Durations(bounds, now, nanos.sum() / 1e9);
    }
}

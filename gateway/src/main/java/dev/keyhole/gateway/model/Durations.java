package dev.keyhole.gateway.model;

import java.util.List;

/**
 * How often something took how long.
 *
 * @param bounds the longest of each class in seconds, ascending
 * @param counts of each class; one more than there are bounds, for what took longer
 * @param seconds all together
 */
public record Durations(List<Double> bounds, List<Long> counts, double seconds) {
    public Durations {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
        if (counts.size() != bounds.size() + 1) {
            throw new IllegalArgumentException(
                    counts.size() + " counts do not belong to " + bounds.size() + " bounds");
        }
    }

    /** How often it happened. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}

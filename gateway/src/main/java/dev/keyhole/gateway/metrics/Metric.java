package dev.keyhole.gateway.metrics;

import dev.keyhole.gateway.control.numbers.DoorNumbers;
import java.util.List;
import java.util.function.Function;

/**
 * One metric: what it is called, what it means, and how it is read from the numbers. Immutable.
 *
 * @param name as Prometheus shows it, suffix included
 * @param labels their names; every value is of a small set that is known beforehand
 * @param samples one for each set of label values
 */
record Metric(
        String name,
        Type type,
        String help,
        List<String> labels,
        Function<DoorNumbers, List<Sample>> samples) {
    /** How Prometheus is to understand it. */
    enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        SUMMARY,
        INFO;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Metric gauge(String name, String help, Function<DoorNumbers, Number> value) {
        return new Metric(
                name,
                Type.GAUGE,
                help,
                List.of(),
                now -> Sample.of(value.apply(now).doubleValue()));
    }

    static Metric counter(String name, String help, Function<DoorNumbers, Number> value) {
        return new Metric(
                name,
                Type.COUNTER,
                help,
                List.of(),
                now -> Sample.of(value.apply(now).doubleValue()));
    }
}

package dev.keyhole.gateway.metrics;

import dev.keyhole.gateway.model.Durations;
import java.util.List;

/** What a metric is at one moment, for one set of label values. */
sealed interface Sample {
    /** In the order of the metric's label names. */
    List<String> labels();

    /** One number. */
    record Value(List<String> labels, double value) implements Sample {}

    /** How often it took how long. */
    record Spread(List<String> labels, Durations durations) implements Sample {}

    /** How often, and how long all together. */
    record Total(List<String> labels, long count, double sum) implements Sample {}

    static List<Sample> of(double value) {
        return List.of(new Value(List.of(), value));
    }

    static Sample of(String label, double value) {
        return new Value(List.of(label), value);
    }
}

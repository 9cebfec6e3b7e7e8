package dev.keyhole.gateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.control.numbers.DoorNumbers;
import dev.keyhole.gateway.model.Durations;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes numbers as text in the format 0.0.4 of Prometheus. Thread-safe; it keeps nothing. Static, so that naming it loads
 * nothing of the library before the first scrape.
 */
public final class PrometheusText {
    private PrometheusText() {}

    public static String write(DoorNumbers now) {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (Metric metric : MetricTable.ALL) {
            List<Sample> samples = metric.samples().apply(now);
            if (!samples.isEmpty()) {
                snapshots.add(snapshot(metric, samples));
            }
        }
        try {
            var text = new ByteArrayOutputStream();
            PrometheusTextFormatWriter.builder()
                    .build()
                    .write(text, new MetricSnapshots(snapshots));
            return text.toString(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory cannot be written", e);
        }
    }

    private static MetricSnapshot snapshot(Metric metric, List<Sample> samples) {
        return switch (metric.type()) {
            case COUNTER -> counter(metric, samples);
            case GAUGE -> gauge(metric, samples);
            case HISTOGRAM -> histogram(metric, samples);
            case SUMMARY -> summary(metric, samples);
            case INFO -> info(metric, samples);
        };
    }

    private static MetricSnapshot counter(Metric metric, List<Sample> samples) {
        var builder = CounterSnapshot.builder().name(without(metric, "_total")).help(metric.help());
        for (Sample sample : samples) {
            builder.dataPoint(
                    CounterSnapshot.CounterDataPointSnapshot.builder()
                            .labels(labels(metric, sample))
                            .value(value(sample))
                            .build());
        }
        return builder.build();
    }

    private static MetricSnapshot gauge(Metric metric, List<Sample> samples) {
        var builder = GaugeSnapshot.builder().name(metric.name()).help(metric.help());
        for (Sample sample : samples) {
            builder.dataPoint(
                    GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .labels(labels(metric, sample))
                            .value(value(sample))
                            .build());
        }
        return builder.build();
    }

    private static MetricSnapshot info(Metric metric, List<Sample> samples) {
        var builder = InfoSnapshot.builder().name(without(metric, "_info")).help(metric.help());
        for (Sample sample : samples) {
            builder.dataPoint(
                    InfoSnapshot.InfoDataPointSnapshot.builder()
                            .labels(labels(metric, sample))
                            .build());
        }
        return builder.build();
    }

    private static MetricSnapshot histogram(Metric metric, List<Sample> samples) {
        var builder = HistogramSnapshot.builder().name(metric.name()).help(metric.help());
        for (Sample sample : samples) {
            Durations durations = ((Sample.Spread) sample).durations();
            builder.dataPoint(
                    HistogramSnapshot.HistogramDataPointSnapshot.builder()
                            .labels(labels(metric, sample))
                            .classicHistogramBuckets(buckets(durations))
                            .sum(durations.seconds())
                            .build());
        }
        return builder.build();
    }

    private static ClassicHistogramBuckets buckets(Durations durations) {
        List<Double> bounds = new ArrayList<>(durations.bounds());
        bounds.add(Double.POSITIVE_INFINITY);
        return ClassicHistogramBuckets.of(bounds, durations.counts());
    }

    private static MetricSnapshot summary(Metric metric, List<Sample> samples) {
        var builder = SummarySnapshot.builder().name(metric.name()).help(metric.help());
        for (Sample sample : samples) {
            Sample.Total total = (Sample.Total) sample;
            builder.dataPoint(
                    SummarySnapshot.SummaryDataPointSnapshot.builder()
                            .labels(labels(metric, sample))
                            .count(total.count())
                            .sum(total.sum())
                            .build());
        }
        return builder.build();
    }

    private static double value(Sample sample) {
        return ((Sample.Value) sample).value();
    }

    private static Labels labels(Metric metric, Sample sample) {
        return Labels.of(metric.labels(), sample.labels());
    }

    /** The library adds the suffix of a type itself. */
    private static String without(Metric metric, String suffix) {
        String name = metric.name();
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }
}

package dev.keyhole.gateway.metrics;

import static dev.keyhole.gateway.metrics.Metric.counter;
import static dev.keyhole.gateway.metrics.Metric.gauge;

import dev.keyhole.gateway.control.numbers.ProcessUse;
import dev.keyhole.gateway.metrics.Metric.Type;
import java.util.List;

/** What the door's process uses of the machine, under the names that dashboards know from other programs. */
final class ProcessMetrics {
    static final List<Metric> ALL =
            List.of(
                    new Metric(
                            "jvm_memory_used_bytes",
                            Type.GAUGE,
                            "Memory that the JVM uses.",
                            List.of("area"),
                            now ->
                                    List.of(
                                            Sample.of("heap", now.process().heapUsed()),
                                            Sample.of("nonheap", now.process().nonHeapUsed()))),
                    new Metric(
                            "jvm_memory_max_bytes",
                            Type.GAUGE,
                            "What the heap may grow to.",
                            List.of("area"),
                            now -> List.of(Sample.of("heap", now.process().heapMost()))),
                    new Metric(
                            "jvm_gc_collection_seconds",
                            Type.SUMMARY,
                            "Time spent on garbage.",
                            List.of("gc"),
                            now ->
                                    now.process().collectors().stream()
                                            .map(ProcessMetrics::collector)
                                            .toList()),
                    gauge(
                            "jvm_threads_current",
                            "Platform threads.",
                            now -> now.process().threads()),
                    new Metric(
                            "process_open_fds",
                            Type.GAUGE,
                            "File descriptors that are open.",
                            List.of(),
                            now ->
                                    now.process().files().stream()
                                            .boxed()
                                            .flatMap(count -> Sample.of(count).stream())
                                            .toList()),
                    counter(
                            "process_cpu_seconds_total",
                            "Time on processors.",
                            now -> now.process().cpu().toMillis() / 1e3),
                    gauge(
                            "process_start_time_seconds",
                            "When the process was started, since the epoch.",
                            now -> now.process().started().toEpochMilli() / 1e3));

    private ProcessMetrics() {}

    private static Sample collector(ProcessUse.Collector one) {
        return new Sample.Total(List.of(one.name()), one.runs(), one.time().toMillis() / 1e3);
    }
}

package dev.keyhole.gateway.metrics;

import java.util.List;
import java.util.stream.Stream;

/** Every metric that there is. {@code docs/metrics.md} lists the same. */
final class MetricTable {
    /** In the order of the page. */
    static final List<Metric> ALL =
            Stream.of(
                            DoorMetrics.ALL,
                            WorkspaceMetrics.ALL,
                            GuardMetrics.ALL,
                            AuditMetrics.ALL,
                            HealthMetrics.ALL,
                            ProcessMetrics.ALL)
                    .flatMap(List::stream)
                    .toList();

    private MetricTable() {}
}

package dev.keyhole.gateway.metrics;

import static dev.keyhole.gateway.metrics.Metric.counter;
import static dev.keyhole.gateway.metrics.Metric.gauge;

import java.util.List;

/** How the audit's writer gets on: what waits for it waits for the disk. */
final class AuditMetrics {
    static final List<Metric> ALL =
            List.of(
                    counter(
                            "keyhole_audit_events_total",
                            "Audit events that are on disk.",
                            now -> now.audit().written()),
                    counter(
                            "keyhole_audit_events_lost_total",
                            "Audit events that could be written nowhere.",
                            now -> now.audit().lost()),
                    gauge(
                            "keyhole_audit_queue_length",
                            "Audit events that are not on disk yet.",
                            now -> now.audit().waiting()),
                    gauge(
                            "keyhole_audit_lag_seconds",
                            "How long the oldest of these has waited.",
                            now -> now.audit().lag().toNanos() / 1e9),
                    gauge(
                            "keyhole_audit_sync_seconds",
                            "How long the disk took for the last events.",
                            now -> now.audit().lastSync().toNanos() / 1e9),
                    new Metric(
                            "keyhole_audit_wait_seconds",
                            Metric.Type.HISTOGRAM,
                            "How long logins, forwards and all else waited until their event was on disk.",
                            List.of(),
                            now -> List.of(new Sample.Spread(List.of(), now.audit().waits()))),
                    gauge(
                            "keyhole_audit_segment_bytes",
                            "The size of the audit file that is being written.",
                            now -> now.audit().segmentBytes()));

    private AuditMetrics() {}
}

package dev.keyhole.gateway.metrics;

import static dev.keyhole.gateway.metrics.Metric.counter;
import static dev.keyhole.gateway.metrics.Metric.gauge;

import dev.keyhole.gateway.control.numbers.DoorNumbers;
import dev.keyhole.gateway.control.numbers.SyslogUse;
import dev.keyhole.gateway.metrics.Metric.Type;
import java.util.List;
import java.util.function.ToLongFunction;

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
                            now -> now.audit().segmentBytes()),
                    new Metric(
                            "keyhole_audit_syslog_events_total",
                            Type.COUNTER,
                            "Audit events that were sent to `audit.syslog`, some of them twice; absent without it.",
                            List.of(),
                            now -> syslog(now, SyslogUse::sent)),
                    new Metric(
                            "keyhole_audit_syslog_lag_events",
                            Type.GAUGE,
                            "Audit events on disk of which it is not known yet that the receiver's machine has them.",
                            List.of(),
                            now -> syslog(now, SyslogUse::behind)));

    private AuditMetrics() {}

    private static List<Sample> syslog(DoorNumbers now, ToLongFunction<SyslogUse> number) {
        return now.syslog().map(use -> Sample.of(number.applyAsLong(use))).orElseGet(List::of);
    }
}

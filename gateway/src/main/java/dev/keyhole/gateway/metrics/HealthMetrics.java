package dev.keyhole.gateway.metrics;

import dev.keyhole.gateway.control.numbers.Check;
import dev.keyhole.gateway.control.numbers.DoorNumbers;
import dev.keyhole.gateway.metrics.Metric.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether the door can do its work, as {@code keyhole health} says it. */
final class HealthMetrics {
    static final List<Metric> ALL =
            List.of(
                    new Metric(
                            "keyhole_health",
                            Type.GAUGE,
                            "0 for a check of `keyhole health` that found a problem, else 1.",
                            List.of("check"),
                            now -> checks(now, verdict -> verdict != Check.Verdict.PROBLEM)),
                    new Metric(
                            "keyhole_health_notice",
                            Type.GAUGE,
                            "1 for a check of `keyhole health` that has a notice, such as a receiver of syslog that is missed; else 0.",
                            List.of("check"),
                            now -> checks(now, verdict -> verdict == Check.Verdict.NOTICE)),
                    new Metric(
                            "keyhole_disk_free_bytes",
                            Type.GAUGE,
                            "What the door may still write to the disk of its audit.",
                            List.of(),
                            now -> bytes(now.condition().disk().map(disk -> disk.free()))),
                    new Metric(
                            "keyhole_disk_size_bytes",
                            Type.GAUGE,
                            "The size of that disk.",
                            List.of(),
                            now -> bytes(now.condition().disk().map(disk -> disk.size()))));

    private HealthMetrics() {}

    private static List<Sample> checks(DoorNumbers now, Predicate<Check.Verdict> is) {
        return now.condition().checks().stream()
                .map(check -> Sample.of(check.name(), is.test(check.verdict()) ? 1 : 0))
                .toList();
    }

    private static List<Sample> bytes(Optional<Long> known) {
        return known.map(Sample::of).orElseGet(List::of);
    }
}

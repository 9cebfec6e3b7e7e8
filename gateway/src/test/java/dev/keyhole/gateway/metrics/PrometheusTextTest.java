package dev.keyhole.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.control.numbers.SampleNumbers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    /** Every label that there may be. None of them can tell who somebody is. */
    private static final Set<String> LABELS =
            Set.of(
                    "version",
                    "java",
                    "kind",
                    "direction",
                    "result",
                    "step",
                    "code",
                    "state",
                    "check",
                    "area",
                    "gc",
                    "by",
                    "why",
                    "offence",
                    "le");

    private static final Pattern LABEL = Pattern.compile("[{,]([a-zA-Z_]+)=\"");

    private final String text = PrometheusText.write(SampleNumbers.of(SampleNumbers.well()));

    @Test
    void numbersComeWithTheirNameTypeAndMeaning() {
        assertThat(text)
                .contains("# TYPE keyhole_sessions gauge\nkeyhole_sessions 3.0\n")
                .contains("# HELP keyhole_sessions Authenticated connections that are open.\n");
    }

    @Test
    void countersEndInTotal() {
        assertThat(text)
                .contains("# TYPE keyhole_forward_bytes_total counter\n")
                .contains("keyhole_forward_bytes_total{direction=\"in\"} 1000001.0\n")
                .contains("keyhole_forward_bytes_total{direction=\"out\"} 2000002.0\n")
                .contains("keyhole_logins_total{result=\"accepted\"} 17.0\n")
                .contains("keyhole_logins_total{result=\"refused\"} 6.0\n");
        assertThat(MetricTable.ALL.stream().filter(metric -> metric.type() == Metric.Type.COUNTER))
                .allMatch(metric -> metric.name().endsWith("_total"));
    }

    @Test
    void startTimesAreAHistogramWhoseClassesAddUp() {
        assertThat(text)
                .contains("keyhole_workspace_start_seconds_bucket{le=\"1.0\"} 8\n")
                .contains("keyhole_workspace_start_seconds_bucket{le=\"5.0\"} 17\n")
                .contains("keyhole_workspace_start_seconds_bucket{le=\"+Inf\"} 27\n")
                .contains("keyhole_workspace_start_seconds_count 27\n")
                .contains("keyhole_workspace_start_seconds_sum 123.5\n");
    }

    @Test
    void theGuardIsSeenInSourcesBansAndReasons() {
        assertThat(text)
                .contains("keyhole_penalised_sources{state=\"refused\"} 42.0\n")
                .contains("keyhole_penalised_sources{state=\"counting\"} 8.0\n")
                .contains("keyhole_bans{by=\"door\"} 43.0\n")
                .contains("keyhole_bans{by=\"operator\"} 44.0\n")
                .contains("keyhole_bans_most 46.0\n")
                .contains("keyhole_connections_refused_total{why=\"crowded\"} 51.0\n")
                .contains("keyhole_offences_total{offence=\"violation\"} 53.0\n")
                .contains("keyhole_offences_total{offence=\"no-auth\"} 0.0\n")
                .contains("keyhole_kernel_drops_total 54.0\n");
    }

    @Test
    void theAuditsWriterIsSeenInSecondsAndBytes() {
        assertThat(text)
                .contains("keyhole_audit_events_total 36.0\n")
                .contains("keyhole_audit_events_lost_total 37.0\n")
                .contains("keyhole_audit_queue_length 38.0\n")
                .contains("keyhole_audit_lag_seconds 0.039\n")
                .contains("keyhole_audit_sync_seconds 0.04\n")
                .contains("keyhole_audit_wait_seconds_bucket{le=\"0.01\"} 3\n")
                .contains("keyhole_audit_segment_bytes 41.0\n");
    }

    @Test
    void aProblemIsZeroAndAnUnknownDiskIsNotZeroButMissing() {
        String troubled = PrometheusText.write(SampleNumbers.of(SampleNumbers.troubled()));
        assertThat(troubled)
                .contains("keyhole_health{check=\"audit\"} 1.0\n")
                .contains("keyhole_health{check=\"disk\"} 0.0\n")
                .doesNotContain("keyhole_disk_free_bytes");
    }

    @Test
    void noLabelCanNameAPersonAnAddressOrAKey() {
        Set<String> declared =
                MetricTable.ALL.stream()
                        .map(Metric::labels)
                        .flatMap(List::stream)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown =
                LABEL.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(LABELS).containsAll(declared).containsAll(shown);
    }

    @Test
    void everyMetricIsShownOnceUnderItsName() {
        List<String> shown =
                Pattern.compile("(?m)^# TYPE ([^ ]+) ")
                        .matcher(text)
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .toList();
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        MetricTable.ALL.stream().map(Metric::name).toList())
                .doesNotHaveDuplicates();
    }
}

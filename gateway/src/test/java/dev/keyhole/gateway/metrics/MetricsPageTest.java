package dev.keyhole.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.config.ReferencePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    @Test
    void thePageListsExactlyTheMetricsThatThereAre() throws IOException {
        assertThat(ReferencePage.compared("metrics.md", page()))
                .as("docs/metrics.md is generated; run bin/regenerate-docs")
                .isEqualTo(page());
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Metrics

                        Generated from the table that the scrape uses; `bin/regenerate-docs` rewrites this page.

                        `keyhole --home DIR metrics` prints them in the text format of Prometheus; `keyhole status` shows the same numbers to
                        people. How Prometheus gets them is in [operations.md](operations.md). No label names a person, an address or a key:
                        every value is of a small set that is known beforehand. Counters begin anew with the door.

                        | metric | type | labels | meaning |
                        |---|---|---|---|
                        """);
        for (Metric metric : MetricTable.ALL) {
            page.append(
                    "| `%s` | %s | %s | %s |%n"
                            .formatted(
                                    metric.name(),
                                    metric.type().word(),
                                    metric.labels().isEmpty()
                                            ? "-"
                                            : "`" + String.join("`, `", metric.labels()) + "`",
                                    metric.help()));
        }
        return page.toString();
    }
}

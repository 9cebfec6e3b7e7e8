package dev.keyhole.app.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.image.freshness.CheckReport;
import dev.keyhole.image.freshness.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A report as a person reads it. */
class CheckTextTest {
    @Test
    void whatIsDueComesBeforeWhatIsOnlySaid() {
        var report =
                new CheckReport(
                        "team/one:1",
                        "sha256:1",
                        Optional.of("2026-11-01T00:00:00Z"),
                        Optional.of(22L),
                        Optional.of("0.1.0"),
                        Optional.of(
                                new CheckReport.BaseState(
                                        "team/base:2.9.0",
                                        Optional.of("sha256:2"),
                                        "sha256:3",
                                        true,
                                        Optional.empty(),
                                        Optional.empty(),
                                        0)),
                        Optional.of("jupyter_server 2.20.0"),
                        Optional.of("3.11"),
                        Optional.of("Debian\u001b[31m"),
                        Optional.of(new CheckReport.Contents(10, 20, List.of(), 14)),
                        Optional.empty(),
                        List.of(
                                new Finding(Finding.Kind.NOT_SCANNED, false, "No scanner.", ""),
                                new Finding(
                                        Finding.Kind.DIGEST_MOVED, true, "It moved.", "Update.")),
                        true);
        assertThat(String.join("\n", CheckText.lines(report)))
                .isEqualTo(
                        """
                        team/one:1  sha256:1
                          made      2026-11-01, 22 days ago
                          built by  keyhole 0.1.0
                          base      team/base:2.9.0, which has moved on
                          system    Debian\uFFFD[31m
                          jupyter   jupyter_server 2.20.0 on Python 3.11
                          holds     10 Debian and 20 Python packages; 14 setuid files lie defused in lower layers

                        due   It moved.
                              Update.

                        note  No scanner.

                        Action is due.\
                        """);
    }
}

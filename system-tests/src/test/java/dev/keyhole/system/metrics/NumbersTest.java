package dev.keyhole.system.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Numbers move as they should: with real logins, real forwards and bytes that curl counts too. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NumbersTest {
    private static final String OPEN = "keyhole_forwards{kind=\"service\"}";
    private static final String ACCEPTED = "keyhole_logins_total{result=\"accepted\"}";
    private static final String REFUSED = "keyhole_logins_total{result=\"refused\"}";
    private static final String IN = "keyhole_forward_bytes_total{direction=\"in\"}";
    private static final String OUT = "keyhole_forward_bytes_total{direction=\"out\"}";

    private final ServedDoor door = ServedDoor.of("", "ada");
    private final Operated operated = new Operated(door);

    @BeforeAll
    void start() {
        door.ssh("ada").run("keyhole", "start").orFail();
    }

    @AfterAll
    void close() {
        door.close();
    }

    @Test
    void aLoginCountsAsAcceptedAndAnUnknownKeyAsRefusedWithItsCode() {
        Exposition before = operated.metrics();
        door.ssh("ada").run("keyhole", "me").orFail();
        KeyFile stranger =
                KeyFile.make(Objects.requireNonNull(door.home().getParent()), "stranger");
        assertThat(door.ssh("ada").withKey(stranger).run("keyhole", "me").exit()).isEqualTo(255);

        String code = "keyhole_refusals_total{code=\"AUTH_FAILED\",step=\"login\"}";
        Awaitility.await("both are counted")
                .untilAsserted(() -> {
                    Exposition now = operated.metrics();
                    assertThat(now.value(ACCEPTED)).isEqualTo(before.value(ACCEPTED) + 1);
                    assertThat(now.value(REFUSED)).isEqualTo(before.value(REFUSED) + 1);
                    assertThat(now.value(code)).isEqualTo(before.valueOrZero(code) + 1);
                });
    }

    @Test
    void aSessionAndItsForwardAreCountedWhileTheyAreOpenAndNotAfterwards() throws IOException {
        quiet();
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888);
                Socket held = new Socket()) {
            held.connect(new InetSocketAddress("127.0.0.1", tunnel.localPort()));
            Awaitility.await("one of each")
                    .untilAsserted(() -> {
                        Exposition now = operated.metrics();
                        assertThat(now.value("keyhole_sessions")).isEqualTo(1);
                        assertThat(now.value(OPEN)).isEqualTo(1);
                    });
        }
        quiet();
    }

    private void quiet() {
        Awaitility.await("nothing is open")
                .untilAsserted(() -> {
                    Exposition now = operated.metrics();
                    assertThat(now.value("keyhole_sessions")).isZero();
                    assertThat(now.value(OPEN)).isZero();
                    assertThat(now.value("keyhole_connections_without_login")).isZero();
                });
    }

    /** curl says how many bytes it sent and got; the audit and the metrics say the same, to the byte. */
    @Test
    void everyByteOfAForwardIsCountedOnce() {
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888)) {
            awaitNoForward();
            int mark = door.audit().size();
            Exposition before = operated.metrics();
            String counts =
                    Ran.of(
                                    Duration.ofSeconds(30),
                                    "curl",
                                    "-sS",
                                    "-o",
                                    "/dev/null",
                                    "-H",
                                    "Connection: close",
                                    "-w",
                                    "%{size_request} %{size_header} %{size_download}",
                                    tunnel.url("/api/contents").toString())
                            .orFail()
                            .stdout();
            String[] sizes = counts.split(" ");
            long sent = Long.parseLong(sizes[0]);
            long got = Long.parseLong(sizes[1]) + Long.parseLong(sizes[2]);
            AuditTrail.Event closed =
                    door.audit()
                            .await(
                                    mark,
                                    "the forward's end",
                                    event -> event.action().equals("forward-closed"));
            awaitNoForward();

            Exposition after = operated.metrics();
            assertThat(after.value(IN) - before.value(IN)).isEqualTo(sent);
            assertThat(after.value(OUT) - before.value(OUT)).isEqualTo(got);
            assertThat(closed.fields().toString()).contains(":" + sent).contains(":" + got);
        }
    }

    private void awaitNoForward() {
        Awaitility.await("no forward is open")
                .untilAsserted(() -> assertThat(operated.metrics().value(OPEN)).isZero());
    }

    @Test
    void aWorkspacesStateAndItsStartAreCounted() {
        Exposition running = operated.metrics();
        assertThat(running.value("keyhole_workspaces{state=\"running\"}")).isEqualTo(1);
        assertThat(running.value("keyhole_workspace_services{state=\"ready\"}")).isEqualTo(1);
        double starts = running.value("keyhole_workspace_start_seconds_count");
        assertThat(starts).isPositive();

        door.ssh("ada").run("keyhole", "restart").orFail();
        Exposition after = operated.metrics();
        assertThat(after.value("keyhole_workspace_start_seconds_count")).isEqualTo(starts + 1);
        assertThat(after.value("keyhole_workspace_start_seconds_bucket{le=\"+Inf\"}"))
                .isEqualTo(starts + 1);
        assertThat(after.value("keyhole_workspace_start_seconds_sum"))
                .isGreaterThan(running.value("keyhole_workspace_start_seconds_sum"));
    }

    @Test
    void theStatusSaysTheSameAsTheMetrics() {
        quiet();
        Exposition metrics = operated.metrics();
        JsonObject status = operated.status();
        JsonObject logins = status.getAsJsonObject("logins");
        assertThat(logins.get("accepted").getAsDouble()).isEqualTo(metrics.value(ACCEPTED));
        assertThat(logins.get("refused").getAsDouble()).isEqualTo(metrics.value(REFUSED));
        assertThat(status.get("bytesIn").getAsDouble()).isEqualTo(metrics.value(IN));
        assertThat(status.get("bytesOut").getAsDouble()).isEqualTo(metrics.value(OUT));
        assertThat(status.get("healthy").getAsBoolean()).isTrue();
        assertThat(door.keyhole("status").orFail().stdout())
                .contains("sessions    0, and 0 without login")
                .contains("1 of 1 run")
                .contains("health      ok");
    }

    /** Also after everybody of this class was here: no name, no address, no key in any label. */
    @Test
    void nobodyIsNamed() {
        door.ssh("ada").run("keyhole", "me").orFail();
        door.ssh("ada").as("eve-the-stranger").run("keyhole", "me");
        Exposition now = operated.metrics();
        assertThat(now.labelValues())
                .isNotEmpty()
                .allMatch(value ->
                        value.matches("[A-Z_]+|[a-z-]+|[A-Z][A-Za-z0-9 ]+|[0-9][0-9.+A-Z-]*"))
                .doesNotContain("ada");
        assertThat(door.keyhole("metrics").stdout())
                .doesNotContain("\"ada")
                .doesNotContain("eve-the")
                .doesNotContain("127.0.0.1")
                .doesNotContain("SHA256:");
    }

    @Test
    void anOperatorsBanIsCountedWhileItHolds() {
        assertThat(operated.metrics().value("keyhole_bans{by=\"operator\"}")).isZero();
        door.keyhole("ban", "add", "203.0.113.9", "--reason", "test").orFail();
        assertThat(operated.metrics().value("keyhole_bans{by=\"operator\"}")).isEqualTo(1);
        assertThat(door.keyhole("status").orFail().stdout()).contains("1 of operators");
        door.keyhole("ban", "remove", "203.0.113.9").orFail();
        assertThat(operated.metrics().value("keyhole_bans{by=\"operator\"}")).isZero();
    }

    @Test
    void everyEventOfTheAuditIsCountedAndItsBytesAreTheFiles() throws IOException {
        quiet();
        Exposition now = operated.metrics();
        assertThat(now.value("keyhole_audit_events_total")).isEqualTo(door.audit().size());
        assertThat(now.value("keyhole_audit_segment_bytes"))
                .isEqualTo(Files.size(door.audit().file()));
        assertThat(now.value("keyhole_audit_queue_length")).isZero();
        assertThat(now.value("keyhole_audit_events_lost_total")).isZero();
        assertThat(now.value("keyhole_audit_sync_seconds")).isPositive();
        assertThat(now.value("keyhole_audit_wait_seconds_count")).isPositive();
    }

    @Test
    void readingNumbersLeavesNoEvent() {
        quiet();
        int mark = door.audit().size();
        operated.metrics();
        operated.status();
        operated.health();
        assertThat(door.audit().since(mark)).isEmpty();
    }

    @Test
    void prometheussOwnCheckerFindsNothing() throws IOException {
        Optional<PromTool> promtool = PromTool.find();
        assumeTrue(promtool.isPresent(), "no promtool here; Exposition has read it strictly");
        Path place = Places.fresh("promtool");
        try {
            Path text =
                    Files.writeString(
                            place.resolve("metrics.txt"),
                            door.keyhole("metrics").orFail().stdout());
            Ran checked = promtool.get().checkMetrics(text);
            assertThat(checked.exit()).as(checked.toString()).isZero();
            assertThat(checked.all()).isBlank();
        } finally {
            Places.remove(place);
        }
    }
}

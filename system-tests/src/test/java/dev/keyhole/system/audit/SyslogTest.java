package dev.keyhole.system.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.keyhole.system.AuditTrail.Event;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real rsyslogd receives the audit. */
@ExtendWith(NoLeaks.class)
final class SyslogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "logs.example";

    @Test
    void everyEventArrivesOnceTheReceiverIsBackAlsoAcrossARestartOfTheDoor() {
        try (Rsyslog rsyslog = Rsyslog.configured(Optional.empty());
                ServedDoor door =
                        ServedDoor.of(
                                "audit: {syslog: 'tcp://127.0.0.1:" + rsyslog.port() + "'}",
                                "ada")) {
            door.ssh("ada").run("keyhole", "services").orFail();
            await(door, "syslog-unreachable");
            assertThat(door.keyhole("health").stdout()).contains("SYSLOG_UNREACHABLE");
            assertThat(door.keyhole("metrics").orFail().stdout())
                    .containsPattern("keyhole_audit_syslog_lag_events [1-9]");
            door.restart();
            door.ssh("ada").run("keyhole", "services").orFail();

            awaitCount(door, "syslog-unreachable", 2); // one for each door
            rsyslog.start();
            awaitAll(rsyslog, door, "syslog-again");
            assertThat(count(door, "syslog-unreachable")).isEqualTo(2);
            assertThat(door.keyhole("health").stdout()).doesNotContain("SYSLOG_UNREACHABLE");

            rsyslog.stop();
            door.ssh("ada").run("keyhole", "services").orFail();
            awaitCount(door, "syslog-unreachable", 3);
            door.ssh("ada").run("keyhole", "services").orFail();
            rsyslog.start();
            awaitCount(door, "syslog-again", 2);
            awaitAll(rsyslog, door, "session-ended");
            assertThat(count(door, "syslog-unreachable")).isEqualTo(3);

            door.keyhole("audit", "checkpoint").orFail();
            Awaitility.await("a checkpoint arrives")
                    .atMost(PATIENCE)
                    .until(() -> !rsyslog.checkpoints().isEmpty());
        }
    }

    @Test
    void overTlsTheSameLinesArriveAndACheckpointThatProvesThem() throws IOException {
        Path place = Places.fresh("tls");
        try (Rsyslog rsyslog =
                        Rsyslog.configured(Optional.of(Certificates.make(place, NAME))).start();
                ServedDoor door = ServedDoor.of(tls(rsyslog, place, NAME), "ada")) {
            door.ssh("ada").run("keyhole", "services").orFail();
            door.keyhole("audit", "checkpoint").orFail();
            awaitAll(rsyslog, door, "session-ended");
            assertThat(door.audit().events()).noneMatch(one -> one.action().startsWith("syslog"));

            Awaitility.await("a checkpoint arrives")
                    .atMost(PATIENCE)
                    .until(() -> !rsyslog.checkpoints().isEmpty());
            Path note = place.resolve("note");
            Files.writeString(
                    note,
                    JsonParser.parseString(rsyslog.checkpoints().getLast())
                            .getAsJsonObject()
                            .get("keyhole.checkpoint")
                            .getAsString());
            door.keyhole("audit", "verify", "--checkpoint", note.toString()).orFail();
        } finally {
            Places.remove(place);
        }
    }

    @Test
    void aReceiverWithAnotherNameIsRefusedAndReported() {
        Path place = Places.fresh("tls");
        try (Rsyslog rsyslog =
                        Rsyslog.configured(Optional.of(Certificates.make(place, NAME))).start();
                ServedDoor door = ServedDoor.of(tls(rsyslog, place, "other.example"), "ada")) {
            Event said = await(door, "syslog-unreachable");
            assertThat(said.text("event.reason")).isEqualTo("SYSLOG_UNREACHABLE");
            assertThat(said.text("message")).contains("certificate").contains("other.example");
            assertThat(rsyslog.lines()).isEmpty();
        } finally {
            Places.remove(place);
        }
    }

    @Test
    void aReceiverOfAnUnknownAuthorityIsRefusedAndReported() {
        Path place = Places.fresh("tls");
        Path others = Places.fresh("tls");
        Certificates.make(others, NAME);
        try (Rsyslog rsyslog =
                        Rsyslog.configured(Optional.of(Certificates.make(place, NAME))).start();
                ServedDoor door = ServedDoor.of(tls(rsyslog, others, NAME), "ada")) {
            Event said = await(door, "syslog-unreachable");
            assertThat(said.text("message")).contains("certificate");
            Ran health = door.keyhole("health");
            assertThat(health.stdout()).contains("SYSLOG_UNREACHABLE");
            assertThat(rsyslog.lines()).isEmpty();
        } finally {
            Places.remove(place);
            Places.remove(others);
        }
    }

    private static String tls(Rsyslog rsyslog, Path authority, String name) {
        return """
        audit:
          syslog: tls://127.0.0.1:%d
          syslog-ca: %s
          syslog-name: %s
        """
                .formatted(rsyslog.port(), authority.resolve("ca.pem"), name);
    }

    private static Event await(ServedDoor door, String action) {
        return door.audit().await(0, action, event -> event.action().equals(action));
    }

    /** All that is there once an event of that name is, without a gap; and each line as it was written. */
    private static void awaitAll(Rsyslog rsyslog, ServedDoor door, String last) {
        Awaitility.await("the receiver has every event")
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    List<Event> events = door.audit().events();
                    assertThat(events).anyMatch(event -> event.action().equals(last));
                    assertThat(rsyslog.sequences())
                            .containsExactlyElementsOf(
                                    LongStream.rangeClosed(1, events.size()).boxed().toList());
                });
        List<String> received = rsyslog.lines();
        assertThat(received)
                .as("the lines that an export gives")
                .containsExactlyElementsOf(exported(door).subList(0, received.size()));
    }

    private static List<String> exported(ServedDoor door) {
        Path place = Places.fresh("exported");
        try {
            Path file = place.resolve("events.jsonl");
            door.keyhole("audit", "export", "--to", file.toString()).orFail();
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Places.remove(place);
        }
    }

    private static void awaitCount(ServedDoor door, String action, long count) {
        Awaitility.await(count + " times " + action)
                .atMost(PATIENCE)
                .until(() -> count(door, action) == count);
    }

    private static long count(ServedDoor door, String action) {
        return door.audit().events().stream()
                .filter(event -> event.action().equals(action))
                .count();
    }
}

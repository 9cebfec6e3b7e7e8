package dev.keyhole.gateway.audit;

import static dev.keyhole.gateway.audit.WrittenAudit.NOON;
import static dev.keyhole.gateway.audit.WrittenAudit.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainTest {
    @TempDir Path directory;

    private WrittenAudit audit;

    @BeforeEach
    void place() {
        audit = new WrittenAudit(directory);
    }

    @Test
    void itNeverForksUnderLoadAndLeavesNoGapOverSegmentsAndRestarts() throws Exception {
        int writers = 50;
        int each = 20;
        for (int run = 0; run < 3; run++) {
            CountDownLatch done = new CountDownLatch(writers);
            try (AuditFile file = audit.open()) {
                for (int i = 0; i < writers; i++) {
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int n = 0; n < each; n++) {
                                    file.record(new AuditEvent.DoorStopped("x"));
                                }
                                done.countDown();
                            });
                }
                done.await();
            }
        }
        long all = 3L * writers * each;
        assertThat(
                        audit.lines().stream()
                                .map(line -> ChainedLine.of(line).orElseThrow().sequence()))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, all).boxed().toList());
        AuditVerdict verdict = audit.verify();
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.last()).isEqualTo(all);
    }

    @Test
    void aNewDayBeginsANewSegment() throws Exception {
        try (AuditFile file = audit.open(NOON, Rotation.USUAL)) {
            file.write(new AuditEvent.DoorStopped("today"));
        }
        try (AuditFile file = audit.open(NOON.plus(Duration.ofHours(11)), Rotation.USUAL)) {
            file.write(new AuditEvent.DoorStopped("tonight"));
        }
        assertThat(audit.segments()).hasSize(1);
        try (AuditFile file = audit.open(NOON.plus(Duration.ofHours(13)), Rotation.USUAL)) {
            file.write(new AuditEvent.DoorStopped("tomorrow"));
        }
        assertThat(audit.segments()).hasSize(2);
        assertThat(audit.verify().broken()).isEmpty();
    }

    @Test
    void aSessionThatIsOpenStandsAtTheBeginningOfEachSegment() throws Exception {
        try (AuditFile file = audit.open()) {
            file.write(WrittenAudit.login("c-1"));
            file.write(WrittenAudit.login("c-2"));
            file.write(WrittenAudit.ended("c-2"));
            for (int i = 0; i < 30; i++) {
                file.write(
                        new AuditEvent.OperatorActed(
                                new AuditEvent.OperatorAct(0, "root", "x", "y", Optional.empty())));
            }
            List<Path> segments = audit.segments();
            assertThat(segments).hasSizeGreaterThan(2);
            for (Path later : segments.subList(1, segments.size())) {
                assertThat(Files.readAllLines(later).getFirst())
                        .contains("\"session-goes-on\"", "\"c-1\"");
                assertThat(Files.readString(later)).doesNotContain("\"c-2\"");
            }
        }
    }

    @Test
    void sessionsThatAKilledDoorLeftOpenAreEndedAtTheNextStart() throws Exception {
        try (AuditFile file = audit.open()) {
            file.write(WrittenAudit.login("c-1"));
            file.write(WrittenAudit.login("c-2"));
            file.write(WrittenAudit.ended("c-2"));
        }
        audit.open(NOON, SMALL).close();
        assertThat(audit.lines()).hasSize(4);
        assertThat(audit.shown().getLast())
                .contains("\"session-ended\"", "\"c-1\"", "\"ada\"", "closed by recovery");
        audit.open(NOON, SMALL).close();
        assertThat(audit.lines()).as("once").hasSize(4);
    }

    @Test
    void sessionsOfADoorThatStoppedInOrderNeedNoEnd() throws Exception {
        try (AuditFile file = audit.open()) {
            file.write(WrittenAudit.login("c-1"));
            file.write(new AuditEvent.DoorStopped("closed in order"));
        }
        audit.open(NOON, SMALL).close();
        assertThat(audit.lines()).hasSize(2);
    }

    @Test
    void aCheckpointIsWrittenWhenItsTimeHasComeAndSomethingIsNew() throws Exception {
        Rotation often = new Rotation(1 << 20, Duration.ofMillis(20), 1_000_000);
        try (AuditFile file = audit.open(NOON, often)) {
            file.write(new AuditEvent.DoorStopped("x"));
            Awaitility.await()
                    .until(() -> Checkpoints.read(audit.place().checkpoints()).size() == 1);
            file.write(new AuditEvent.DoorStopped("y"));
            Awaitility.await()
                    .until(() -> Checkpoints.read(audit.place().checkpoints()).size() == 2);
        }
        assertThat(Checkpoints.read(audit.place().checkpoints())).hasSize(2);
    }

    @Test
    void aCheckpointIsWrittenAfterSoManyEvents() throws Exception {
        Rotation often = new Rotation(1 << 20, Duration.ofHours(1), 5);
        try (AuditFile file = audit.open(NOON, often)) {
            for (int i = 0; i < 12; i++) {
                file.write(new AuditEvent.DoorStopped("x"));
            }
            assertThat(Checkpoints.read(audit.place().checkpoints())).hasSize(2);
        }
        assertThat(Checkpoints.read(audit.place().checkpoints())).hasSize(3);
    }

    @Test
    void oneThatIsAskedForVouchesForWhatWasGivenBefore() throws Exception {
        try (AuditFile file = audit.open()) {
            file.write(new AuditEvent.DoorStopped("x"));
            Checkpoint checkpoint =
                    Checkpoint.verified(file.checkpoint(), audit.key()).orElseThrow();
            assertThat(checkpoint.sequence()).isEqualTo(1);
        }
    }

    @Test
    void whatAReleaseBeforeTheChainWroteIsPutAsideAndItsHashKept() throws Exception {
        Files.writeString(
                audit.place().current(),
                "{\"@timestamp\":\"2026-01-01T12:00:00.000Z\",\"event.sequence\":7}\n");
        audit.open().close();

        assertThat(audit.lines()).singleElement().asString().contains("audit-unchained");
        Path aside = audit.place().unchained(1);
        assertThat(Files.readString(aside)).contains("\"event.sequence\":7");
        assertThat(audit.lines().getFirst()).contains(FileHash.hex(aside));
        assertThat(audit.verify().broken()).isEmpty();
    }

    @Test
    void aSigningKeyThatOthersMayReadIsRefused() throws Exception {
        audit.open().close();
        Files.setPosixFilePermissions(
                audit.place().signingKey(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(audit::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aDamagedSigningKeyIsRefusedAndNotMadeAnew() throws Exception {
        audit.open().close();
        Files.writeString(audit.place().signingKey(), "rubbish\n");

        assertThatThrownBy(audit::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("backup");
        assertThat(Files.readString(audit.place().signingKey())).isEqualTo("rubbish\n");
    }
}

package dev.keyhole.gateway.audit;

import static dev.keyhole.gateway.audit.WrittenAudit.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    @TempDir Path directory;

    private WrittenAudit audit;

    @BeforeEach
    void fiveDays() throws Exception {
        audit = new WrittenAudit(directory);
        for (int day = 0; day < 5; day++) {
            try (AuditFile file = audit.open(NOON.plus(Duration.ofDays(day)), Rotation.USUAL)) {
                file.write(new AuditEvent.DoorStopped("day " + day));
                file.write(new AuditEvent.DoorStopped("day " + day));
            }
        }
        assertThat(audit.segments()).hasSize(5);
    }

    @Test
    void daysThatAreOldEnoughGoAndTheRestIsStillProved() throws Exception {
        lookAt(NOON.plus(Duration.ofDays(4)).plusSeconds(1));

        assertThat(audit.lines())
                .hasSize(5)
                .noneMatch(line -> line.contains("day 2"))
                .anyMatch(line -> line.contains("day 3"));
        assertThat(audit.lines().getLast())
                .contains("audit-purged", "\"keyhole.first\":1", "\"keyhole.last\":6");
        AuditVerdict verdict = audit.verify();
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.first()).isEqualTo(7);
    }

    @Test
    void whatIsYoungEnoughStays() throws Exception {
        lookAt(NOON.plus(TWO_DAYS));

        assertThat(audit.lines()).hasSize(10).noneMatch(line -> line.contains("audit-purged"));
    }

    @Test
    void theChainGoesOnAfterEverythingHasBecomeOld() throws Exception {
        lookAt(NOON.plus(Duration.ofDays(400)));
        audit.events(3);

        assertThat(audit.verify().broken()).isEmpty();
        assertThat(audit.verify().last()).isEqualTo(14);
    }

    @Test
    void nothingGoesThatNoSignatureVouchesFor() throws Exception {
        Files.delete(audit.place().checkpoints());

        lookAt(NOON.plus(Duration.ofDays(400)));

        assertThat(audit.lines()).hasSize(10);
    }

    @Test
    void whatHasNotBeenSentElsewhereStaysAndTheRestGoes() throws Exception {
        lookAt(NOON.plus(Duration.ofDays(400)), 3);

        assertThat(audit.lines())
                .noneMatch(line -> line.contains("day 0"))
                .anyMatch(line -> line.contains("day 1"));
    }

    private void lookAt(Instant now) throws Exception {
        lookAt(now, Long.MAX_VALUE);
    }

    private void lookAt(Instant now, long sent) throws Exception {
        Clock then = Clock.fixed(now, ZoneOffset.UTC);
        try (AuditFile file = audit.open(NOON.plus(Duration.ofDays(4)), Rotation.USUAL)) {
            new Retention(audit.place(), file, TWO_DAYS, () -> sent, then).look();
        }
    }
}

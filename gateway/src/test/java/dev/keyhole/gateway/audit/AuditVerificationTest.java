package dev.keyhole.gateway.audit;

import static dev.keyhole.gateway.audit.WrittenAudit.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerificationTest {
    @TempDir Path directory;

    private WrittenAudit audit;

    @BeforeEach
    void writeFortyEventsInSeveralSegments() throws Exception {
        audit = new WrittenAudit(directory).events(20).events(20);
        assertThat(audit.segments()).hasSizeGreaterThan(3);
    }

    @Test
    void whatWasWrittenIsInOrder() throws Exception {
        AuditVerdict verdict = audit.verify();

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.first()).isEqualTo(1);
        assertThat(verdict.last()).isEqualTo(40);
        assertThat(verdict.checkpoints()).as("one each segment and stop").isGreaterThan(3);
        assertThat(verdict.unfinished()).isFalse();
    }

    @Test
    void aChangedEventIsNamed() throws Exception {
        audit.edit(17, lines -> replaced(lines, 17, "event 16", "event 99"));

        assertThat(broken()).isEqualTo(17);
    }

    @Test
    void theLastEventCannotBeChangedEitherBecauseItWasSignedOnStop() throws Exception {
        audit.edit(40, lines -> replaced(lines, 40, "event 19", "event 99"));

        assertThat(broken()).isEqualTo(40);
    }

    @Test
    void aDeletedEventIsNamed() throws Exception {
        audit.edit(17, lines -> without(lines, 17));

        assertThat(broken()).isEqualTo(17);
    }

    @Test
    void twoThatChangedPlacesAreNamed() throws Exception {
        audit.edit(
                16,
                lines -> {
                    Collections.swap(lines, at(lines, 16), at(lines, 16) + 1);
                    return lines;
                });

        assertThat(broken()).isEqualTo(16);
    }

    @Test
    void anInsertedEventIsNamed() throws Exception {
        audit.edit(
                17,
                lines -> {
                    String forged = lines.get(at(lines, 17)).replace("event 16", "nothing");
                    lines.add(at(lines, 17), forged);
                    return lines;
                });

        assertThat(broken()).isIn(17L, 18L);
    }

    @Test
    void aDoubledEventIsNamed() throws Exception {
        audit.edit(
                17,
                lines -> {
                    lines.add(at(lines, 17), lines.get(at(lines, 17)));
                    return lines;
                });

        assertThat(broken()).isEqualTo(18);
    }

    @Test
    void aLineThatIsNoneIsNamed() throws Exception {
        audit.edit(
                17,
                lines -> {
                    lines.set(at(lines, 17), "{}");
                    return lines;
                });

        assertThat(broken()).isEqualTo(17);
    }

    @Test
    void aMissingSegmentInTheMiddleIsNamed() throws Exception {
        Path middle = audit.segments().get(1);
        Files.delete(middle);

        assertThat(broken()).isEqualTo(Segments.first(middle).orElseThrow());
    }

    @Test
    void aMissingBeginningIsVouchedForByTheSignatureAtItsEnd() throws Exception {
        Path oldest = audit.segments().get(0);
        long next = Segments.first(audit.segments().get(1)).orElseThrow();
        Files.delete(oldest);

        AuditVerdict verdict = audit.verify();
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.first()).isEqualTo(next);
    }

    @Test
    void aMissingBeginningThatNobodySignedIsABreak() throws Exception {
        Files.delete(audit.segments().get(0));
        Files.delete(audit.place().checkpoints());

        assertThat(broken()).isEqualTo(1);
    }

    @Test
    void yesterdaysFilesInTheirPlaceAreFoundByTodaysCheckpoint() throws Exception {
        Map<String, byte[]> yesterday = audit.copy();
        audit.events(5);
        String elsewhere = newest();
        audit.restore(yesterday);

        assertThat(audit.verify().broken()).as("nothing here can tell").isEmpty();
        assertThat(audit.verify(elsewhere).broken().orElseThrow().sequence()).isEqualTo(41);
    }

    @Test
    void aCutTailIsFoundByTheCheckpointsBesideItAndByOneElsewhere() throws Exception {
        String elsewhere = newest();
        audit.edit(40, lines -> lines.subList(0, lines.size() - 1));

        assertThat(broken()).isEqualTo(40);
        Files.delete(audit.place().checkpoints());
        assertThat(audit.verify().broken()).as("nothing here can tell").isEmpty();
        assertThat(audit.verify(elsewhere).broken().orElseThrow().sequence()).isEqualTo(40);
    }

    @Test
    void aChainThatWasWrittenAnewIsFoundByACheckpointFromElsewhere() throws Exception {
        String elsewhere = newest();
        VerifierKey kept = audit.key();
        Map<String, byte[]> nothing = Map.of();
        audit.restore(nothing);
        audit.events(40);

        assertThat(audit.verify().broken()).as("nothing here can tell").isEmpty();
        assertThat(audit.verify(elsewhere).broken()).isPresent();
        assertThat(AuditVerification.of(audit.place(), kept, "").broken()).isPresent();
    }

    @Test
    void aChainThatWasWrittenAnewWithTheSameKeyIsFoundByItsHashes() throws Exception {
        String elsewhere = newest();
        byte[] key = Files.readAllBytes(audit.place().signingKey());
        audit.restore(Map.of("audit-signing-key", key));
        Files.setPosixFilePermissions(
                audit.place().signingKey(), PosixFilePermissions.fromString("rw-------"));
        try (AuditFile anew = audit.open()) {
            for (int i = 0; i < 40; i++) {
                anew.write(new AuditEvent.DoorStopped("another " + i));
            }
        }

        assertThat(audit.verify().broken()).as("nothing here can tell").isEmpty();
        assertThat(audit.verify(elsewhere).broken().orElseThrow().sequence()).isEqualTo(40);
    }

    @Test
    void aForgedCheckpointIsNotBelieved() throws Exception {
        String forged = newest().replaceFirst("\n40\n", "\n41\n");

        assertThat(audit.verify(forged).broken().orElseThrow().what()).contains("not signed");
    }

    @Test
    void whatIsNoCheckpointIsNotTakenForOne() throws Exception {
        assertThat(audit.verify("hello").broken().orElseThrow().what()).contains("no signed note");
    }

    @Test
    void halfALineAtTheEndIsNoBreak() throws Exception {
        Files.writeString(
                audit.place().current(), "{\"@timestamp\":\"20", StandardOpenOption.APPEND);

        AuditVerdict verdict = audit.verify();
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.unfinished()).isTrue();
        assertThat(verdict.last()).isEqualTo(40);
    }

    @Test
    void halfACheckpointThatACrashLeftIsNoBreak() throws Exception {
        Files.writeString(
                audit.place().checkpoints(), "\nkeyhole-audit/12", StandardOpenOption.APPEND);
        audit.events(1);

        assertThat(audit.verify().broken()).isEmpty();
    }

    @Test
    void anEmptyAuditIsInOrder() throws Exception {
        audit.restore(Map.of());
        audit.open().close();

        assertThat(audit.verify().broken()).isEmpty();
        assertThat(audit.verify().last()).isZero();
    }

    private long broken() throws Exception {
        return audit.verify().broken().orElseThrow().sequence();
    }

    private String newest() throws Exception {
        return Checkpoints.read(audit.place().checkpoints()).getLast();
    }

    private static List<String> replaced(
            List<String> lines, long sequence, String what, String by) {
        int at = at(lines, sequence);
        assertThat(lines.get(at)).contains(what);
        lines.set(at, lines.get(at).replace(what, by));
        return lines;
    }

    private static List<String> without(List<String> lines, long sequence) {
        lines.remove(at(lines, sequence));
        return lines;
    }
}

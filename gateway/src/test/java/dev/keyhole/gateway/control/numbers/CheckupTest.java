package dev.keyhole.gateway.control.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Code;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckupTest {
    private static final DiskUse ROOMY = new DiskUse(Checkup.LEAST_FREE, 1L << 40);

    private boolean auditWorks = true;
    private Optional<String> store = Optional.empty();
    private Optional<String> broker = Optional.empty();
    private Optional<String> hostKey = Optional.empty();
    private Optional<String> syslog = Optional.empty();
    private Optional<String> checkpoints = Optional.empty();
    private Optional<String> drops = Optional.empty();
    private Optional<DiskUse> disk = Optional.of(ROOMY);

    private final Checkup checkup =
            new Checkup(
                    new Audit(),
                    () -> store,
                    () -> broker,
                    () -> hostKey,
                    () -> syslog,
                    () -> checkpoints,
                    () -> drops,
                    () -> disk);

    @Test
    void aDoorThatLacksNothingIsWell() {
        Condition seen = checkup.look(false);
        assertThat(seen.well()).isTrue();
        assertThat(seen.checks()).allMatch(check -> check.verdict() == Check.Verdict.WELL);
        assertThat(seen.disk()).contains(ROOMY);
    }

    @Test
    void eachBrokenPartIsNamedWithItsCode() {
        auditWorks = false;
        store = Optional.of("disk I/O error");
        broker = Optional.of("no answer");
        hostKey = Optional.of("it is gone");
        disk = Optional.of(new DiskUse(Checkup.LEAST_FREE - 1, 1L << 40));

        assertThat(checkup.look(true).checks())
                .filteredOn(check -> check.code().isPresent())
                .extracting(check -> check.code().orElseThrow())
                .containsExactly(
                        Code.AUDIT_UNAVAILABLE,
                        Code.STORE_UNAVAILABLE,
                        Code.BROKER_UNAVAILABLE,
                        Code.HOST_KEY_UNUSABLE,
                        Code.DISK_LOW,
                        Code.DRAINING);
    }

    @Test
    void oneBrokenPartIsEnough() {
        store = Optional.of("disk I/O error");
        assertThat(checkup.look(false).well()).isFalse();
    }

    @Test
    void aKernelThatDoesNotHelpIsANoticeAndTheDoorIsWell() {
        drops = Optional.of("nft is not installed");
        Condition seen = checkup.look(false);
        assertThat(seen.well()).isTrue();
        assertThat(seen.checks().getLast())
                .isEqualTo(
                        Check.notice(
                                "kernel-drops", Code.KERNEL_DROPS_OFF, "nft is not installed"));
    }

    @Test
    void aReceiverThatIsMissedIsANoticeAndTheDoorIsWell() {
        syslog = Optional.of("nobody listens");
        checkpoints = Optional.of("the disk is full");
        Condition seen = checkup.look(false);
        assertThat(seen.well()).isTrue();
        assertThat(seen.checks())
                .contains(
                        Check.notice("syslog", Code.SYSLOG_UNREACHABLE, "nobody listens"),
                        Check.notice(
                                "checkpoints", Code.CHECKPOINT_NOT_PUSHED, "the disk is full"));
    }

    @Test
    void aDiskThatDoesNotAnswerIsNotTakenForARoomyOne() {
        disk = Optional.empty();
        assertThat(checkup.look(false).well()).isFalse();
    }

    @Test
    void aNoticeBreaksNothing() {
        Check notice = Check.notice("audit", Code.DISK_LOW, "soon");
        assertThat(new Condition(List.of(notice), Optional.empty()).well()).isTrue();
    }

    private final class Audit implements AuditLog {
        @Override
        public void write(AuditEvent event) {}

        @Override
        public void record(AuditEvent event) {}

        @Override
        public boolean isAvailable() {
            return auditWorks;
        }

        @Override
        public List<String> latest(PrincipalName principal, int limit) {
            return List.of();
        }
    }
}

package dev.keyhole.gateway.control.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.model.Durations;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final SessionId SESSION = new SessionId("c-0001");
    private static final Source SOURCE = Source.of(new InetSocketAddress("203.0.113.7", 4711));
    private static final AuditEvent LOGIN =
            new AuditEvent.Login(
                    new AuditEvent.Actor(
                            SESSION, SOURCE, ADA, new Fingerprint("SHA256:" + "A".repeat(43))),
                    "ada",
                    "");

    private final Tally tally = new Tally();
    private final Disk disk = new Disk();
    private final CountedAudit audit = new CountedAudit(disk, tally);

    @Test
    void aLoginCountsOnceItIsWrittenDown() throws AuditUnavailable {
        audit.write(LOGIN);
        assertThat(tally.happenings().logins()).isEqualTo(1);
    }

    @Test
    void aLoginThatCouldNotBeWrittenDownDidNotHappen() {
        disk.full = true;
        assertThatThrownBy(() -> audit.write(LOGIN)).isInstanceOf(AuditUnavailable.class);
        assertThat(tally.happenings().logins()).isZero();
    }

    @Test
    void aRefusalCountsAlsoWhenTheDiskIsFull() {
        disk.full = true;
        audit.record(refused(Code.AUTH_FAILED));
        assertThat(tally.happenings().loginsRefused()).isEqualTo(1);
    }

    @Test
    void refusalsCountForTheirStepAndCode() {
        audit.record(refused(Code.AUTH_FAILED));
        audit.record(refused(Code.AUTH_FAILED));
        audit.record(refused(Code.LOGIN_TIMEOUT));
        audit.record(new AuditEvent.ControlRefused("mallory"));

        assertThat(tally.happenings().refusals())
                .containsOnly(
                        java.util.Map.entry(new Refused(Step.LOGIN, Code.AUTH_FAILED), 2L),
                        java.util.Map.entry(new Refused(Step.LOGIN, Code.LOGIN_TIMEOUT), 1L),
                        java.util.Map.entry(new Refused(Step.OPERATOR, Code.OPERATOR_ONLY), 1L));
        assertThat(tally.happenings().loginsRefused()).isEqualTo(3);
    }

    @Test
    void aStartTimeFallsIntoItsClassAndALongOneIntoTheLast() {
        ready(Duration.ofMillis(500), false);
        ready(Duration.ofMillis(501), false);
        ready(Duration.ofHours(1), false);

        Durations times = tally.happenings().startTimes();
        assertThat(times.bounds()).startsWith(0.5, 1.0);
        assertThat(times.counts()).startsWith(1L, 1L, 0L).endsWith(1L);
        assertThat(times.count()).isEqualTo(3);
        assertThat(times.seconds()).isBetween(3_601.0, 3_601.01);
    }

    @Test
    void whatAFormerDoorHadStartedIsNoStart() {
        ready(Duration.ofSeconds(1), true);
        assertThat(tally.happenings().startTimes().count()).isZero();
    }

    private void ready(Duration took, boolean adopted) {
        audit.record(new AuditEvent.WorkspaceReady(ADA, ServiceName.JUPYTER, 4711, adopted, took));
    }

    private static AuditEvent refused(Code code) {
        return new AuditEvent.LoginRefused(SESSION, SOURCE, "root", code, "", "", Optional.empty());
    }

    private static final class Disk implements AuditLog {
        boolean full;

        @Override
        public void write(AuditEvent event) throws AuditUnavailable {
            if (full) {
                throw new AuditUnavailable("full", new java.io.IOException("full"));
            }
        }

        @Override
        public void record(AuditEvent event) {}

        @Override
        public boolean isAvailable() {
            return !full;
        }

        @Override
        public List<String> latest(PrincipalName principal, int limit) {
            return List.of();
        }
    }
}

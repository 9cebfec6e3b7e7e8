package dev.keyhole.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SummedRefusalsTest {
    private static final class Recorded implements AuditLog {
        final List<AuditEvent> events = new ArrayList<>();

        @Override
        public void write(AuditEvent event) {
            events.add(event);
        }

        @Override
        public void record(AuditEvent event) {
            events.add(event);
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public List<String> latest(PrincipalName principal, int limit) {
            return List.of();
        }

        List<AuditEvent.RefusalsSummed> sums() {
            return events.stream()
                    .filter(AuditEvent.RefusalsSummed.class::isInstance)
                    .map(AuditEvent.RefusalsSummed.class::cast)
                    .toList();
        }
    }

    private final Recorded recorded = new Recorded();
    private final AtomicLong now = new AtomicLong();
    private final SummedRefusals audit = new SummedRefusals(recorded, now::get);

    private void refuseLogins(String from, Code code, int count) {
        for (int number = 0; number < count; number++) {
            audit.record(
                    new AuditEvent.LoginRefused(
                            new SessionId("c-1"),
                            new Source(InetAddress.ofLiteral(from), 1_000 + number),
                            "root",
                            code,
                            "no key",
                            "",
                            Optional.empty()));
        }
    }

    @Test
    void threeHundredOfASourceAreWrittenOneByOne() {
        refuseLogins("192.0.2.1", Code.AUTH_FAILED, 300);
        audit.sumUp();

        assertThat(recorded.events).hasSize(300);
        assertThat(recorded.sums()).isEmpty();
    }

    @Test
    void whatIsBeyondIsOneEventWithANumber() {
        refuseLogins("192.0.2.1", Code.AUTH_FAILED, 1_000_000);
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        audit.sumUpWhatIsOver();

        assertThat(recorded.events).hasSize(301);
        assertThat(recorded.sums())
                .containsExactly(
                        new AuditEvent.RefusalsSummed(
                                "192.0.2.1",
                                "login",
                                Code.AUTH_FAILED,
                                999_700,
                                Duration.ofSeconds(61)));
    }

    @Test
    void otherSourcesAndOtherReasonsHaveTheirOwnEvents() {
        refuseLogins("192.0.2.1", Code.AUTH_FAILED, 400);
        refuseLogins("192.0.2.2", Code.AUTH_FAILED, 1);
        refuseLogins("192.0.2.1", Code.TOO_MANY_TRIES, 1);

        assertThat(recorded.events).hasSize(302);
    }

    @Test
    void addressesOfOneNetworkOfVersionSixAreOneSource() {
        refuseLogins("2001:db8::1", Code.AUTH_FAILED, 200);
        refuseLogins("2001:db8::2", Code.AUTH_FAILED, 200);
        audit.sumUp();

        assertThat(recorded.sums())
                .extracting(AuditEvent.RefusalsSummed::source, AuditEvent.RefusalsSummed::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("2001:db8:0:0:0:0:0:0/64", 100L));
    }

    @Test
    void manySourcesAreNoWayAroundTheRate() {
        for (int source = 0; source < 60_000; source++) {
            refuseLogins("10.9." + source / 250 + "." + source % 250, Code.AUTH_FAILED, 1);
        }
        audit.sumUp();

        assertThat(recorded.events).hasSizeLessThan(3_000 + 4_100);
        long summed = recorded.sums().stream().mapToLong(AuditEvent.RefusalsSummed::count).sum();
        assertThat(summed + recorded.events.size() - recorded.sums().size()).isEqualTo(60_000);
    }

    @Test
    void onlyAnAddressIsWrittenAsOne() throws IOException {
        assertThat(line("192.0.2.1"))
                .contains("\"source.address\":\"192.0.2.1\"", "\"source.ip\":\"192.0.2.1\"");
        for (String other : List.of("many", "2001:db8:0:0:0:0:0:0/64")) {
            assertThat(line(other))
                    .contains("\"source.address\":\"" + other + "\"")
                    .doesNotContain("source.ip");
        }
    }

    private static String line(String source) throws IOException {
        return EcsLine.of(
                Instant.EPOCH,
                1,
                "0".repeat(64),
                new AuditEvent.RefusalsSummed(
                        source, "login", Code.AUTH_FAILED, 7, Duration.ofMinutes(1)),
                Pseudonyms.open(Path.of("nobody-is-named.jsonl")));
    }

    @Test
    void whatWasAllowedIsNeverSummed() {
        AuditEvent.Actor ada =
                new AuditEvent.Actor(
                        new SessionId("c-1"),
                        new Source(InetAddress.getLoopbackAddress(), 1),
                        new PrincipalName("ada"),
                        Fingerprint.of(new byte[] {1}));
        for (int number = 0; number < 10_000; number++) {
            audit.record(new AuditEvent.VerbRun(ada, "services"));
        }

        assertThat(recorded.events).hasSize(10_000);
    }

    @Test
    void aNewMinuteBeginsAnew() {
        refuseLogins("192.0.2.1", Code.AUTH_FAILED, 400);
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        refuseLogins("192.0.2.1", Code.AUTH_FAILED, 10);

        assertThat(recorded.sums()).hasSize(1);
        assertThat(recorded.events).hasSize(311).last().isInstanceOf(AuditEvent.LoginRefused.class);
    }
}

package dev.keyhole.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails, in every way that one does, and gets well again. */
@Timeout(120)
class DiskTroubleTest {
    private static final Pattern ACTION = Pattern.compile("\"event.action\":\"([^\"]+)\"");

    /** Takes everything, until it is told otherwise. */
    private static final class MoodyDisk implements Disk {
        volatile boolean full;
        volatile boolean readOnly;
        volatile CountDownLatch answers = new CountDownLatch(0);

        @Override
        public void sync(FileChannel channel) throws IOException {
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            boolean reserve = channel.size() == Reserve.BYTES;
            if (readOnly || (full && !reserve)) {
                throw new IOException(readOnly ? "Read-only file system" : "No space left");
            }
        }
    }

    @TempDir Path directory;
    private final MoodyDisk disk = new MoodyDisk();

    @Test
    void nobodyNewComesInAtOnceAndWhoIsInGoesOn() throws Exception {
        try (AuditFile audit = open()) {
            audit.write(login("s-1"));
            disk.full = true;
            assertRefused(audit, login("s-2"));
            audit.write(event("forward"));
            audit.record(WrittenAudit.ended("s-1"));
            assertThat(audit.isAvailable()).isFalse();
            assertThat(actions()).containsExactly("login");
            disk.full = false;
            audit.write(login("s-3"));
            assertThat(audit.isAvailable()).isTrue();
        }
        assertThat(actions())
                .containsExactly("login", "door-stopped", "session-ended", "audit-alarm", "login");
        assertThat(alarm())
                .contains("\"event.reason\":\"No space left\"")
                .contains("\"keyhole.since\":\"2026-01-01T12:00:00Z\"")
                .contains("\"keyhole.kept\":2,\"keyhole.refused\":1,\"keyhole.lost\":0");
        assertWhole();
    }

    @Test
    void theAlarmFollowsAlsoWhenNobodyAsksForAnything() throws Exception {
        try (AuditFile audit = open()) {
            disk.full = true;
            audit.record(event("somebody left"));
            disk.full = false;
            Awaitility.await().until(audit::isAvailable);
            assertThat(actions()).containsExactly("door-stopped", "audit-alarm");
        }
    }

    @Test
    void theReserveHasTenThousandEventsAndThenNothingNewIsOpened() throws Exception {
        try (AuditFile audit = open()) {
            disk.full = true;
            for (int i = 0; i < Reserve.EVENTS; i++) {
                audit.write(event("event " + i));
            }
            assertRefused(audit, event("one too many"));
            audit.record(event("an end that comes anyway"));
            disk.full = false;
            audit.write(login("s-1"));
            assertThat(audit.numbers().lost()).isZero();
        }
        List<String> lines = new WrittenAudit(directory).lines();
        assertThat(lines).hasSize(Reserve.EVENTS + 3);
        assertThat(lines.get(Reserve.EVENTS - 1)).contains("\"event 9999\"");
        assertThat(lines.get(Reserve.EVENTS)).contains("an end that comes anyway");
        assertThat(alarm()).contains("\"keyhole.kept\":10001,\"keyhole.refused\":1,");
        assertWhole();
    }

    @Test
    void strangersWhoFailLeaveTheReserveToThoseWhoAreIn() throws Exception {
        try (AuditFile audit = open()) {
            disk.full = true;
            for (int i = 0; i < StandBy.MOST_REFUSALS + 5; i++) {
                audit.record(refused("c-" + i));
            }
            audit.write(event("somebody who is in"));
            disk.full = false;
        }
        assertThat(alarm())
                .contains("\"keyhole.kept\":" + (StandBy.MOST_REFUSALS + 1))
                .contains("\"keyhole.lost\":5");
        assertWhole();
    }

    @Test
    void whatWasKeptEntersTheChainOfTheNextDoor() throws Exception {
        try (AuditFile audit = open()) {
            audit.write(login("s-1"));
            disk.full = true;
            audit.write(event("one"));
            audit.write(event("two"));
        }
        assertThat(actions()).containsExactly("login");
        disk.full = false;
        open().close();
        assertThat(actions())
                .containsExactly("login", "door-stopped", "door-stopped", "audit-alarm");
        assertThat(alarm()).contains("found in the reserve", "\"keyhole.kept\":2");
        assertWhole();
        open().close();
        assertThat(actions()).as("once only").hasSize(4);
    }

    @Test
    void onADiskThatTakesNothingEndsWaitInMemoryAndNothingIsOpened() throws Exception {
        try (AuditFile audit = open()) {
            disk.readOnly = true;
            assertRefused(audit, login("s-1"));
            assertRefused(audit, event("a forward"));
            audit.record(event("an end"));
            audit.record(event("another end"));
            assertThat(audit.numbers().lost()).isZero();
            disk.readOnly = false;
            audit.write(login("s-2"));
        }
        assertThat(actions())
                .containsExactly("door-stopped", "door-stopped", "audit-alarm", "login");
        assertThat(alarm()).contains("\"keyhole.kept\":2,\"keyhole.refused\":2,");
        assertWhole();
    }

    @Test
    void aDiskThatDoesNotAnswerIsAsBadAsNone() throws Exception {
        try (AuditFile audit = open()) {
            disk.answers = new CountDownLatch(1);
            long before = System.nanoTime();
            assertRefused(audit, login("s-1"));
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(5));
            Awaitility.await().until(() -> refusedWithin(audit, Duration.ofMillis(200)));
            assertThat(audit.isAvailable()).isFalse();
            disk.answers.countDown();
            Awaitility.await().until(audit::isAvailable);
            audit.write(login("s-3"));
        }
        assertThat(actions()).contains("audit-alarm").endsWith("login");
        assertThat(alarm()).contains("the disk does not answer");
        assertWhole();
    }

    private static boolean refusedWithin(AuditFile audit, Duration most) {
        long before = System.nanoTime();
        assertThatThrownBy(() -> audit.write(login("s-2"))).isInstanceOf(AuditUnavailable.class);
        return System.nanoTime() - before < most.toNanos();
    }

    private AuditFile open() throws IOException {
        return AuditFile.open(
                new WrittenAudit(directory).place(),
                Rotation.USUAL,
                disk,
                Duration.ofMillis(500),
                Clock.fixed(WrittenAudit.NOON, ZoneOffset.UTC));
    }

    private static void assertRefused(AuditFile audit, AuditEvent event) {
        assertThatThrownBy(() -> audit.write(event)).isInstanceOf(AuditUnavailable.class);
    }

    private void assertWhole() throws IOException {
        assertThat(new WrittenAudit(directory).verify().broken()).isEmpty();
    }

    private List<String> actions() throws IOException {
        return new WrittenAudit(directory)
                .lines().stream()
                        .map(line -> {
                            Matcher action = ACTION.matcher(line);
                            assertThat(action.find()).isTrue();
                            return action.group(1);
                        })
                        .toList();
    }

    private String alarm() throws IOException {
        return new WrittenAudit(directory)
                .lines().stream()
                        .filter(line -> line.contains("\"audit-alarm\""))
                        .findFirst()
                        .orElseThrow();
    }

    private static AuditEvent login(String session) {
        return WrittenAudit.login(session);
    }

    private static AuditEvent event(String text) {
        return new AuditEvent.DoorStopped(text);
    }

    private static AuditEvent refused(String session) {
        return new AuditEvent.LoginRefused(
                new SessionId(session),
                new Source(InetAddress.getLoopbackAddress(), 1),
                "x",
                Code.AUTH_FAILED,
                "unknown",
                "SSH-2.0-x",
                Optional.empty());
    }
}

package dev.keyhole.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    private static final PrincipalName ADA = new PrincipalName("ada");

    @TempDir Path directory;

    @Test
    void anEventIsOnDiskWhenWriteReturns() throws Exception {
        try (AuditFile audit = open()) {
            audit.write(new AuditEvent.DoorStopped("test"));
            assertThat(lines())
                    .containsExactly(
                            "{\"@timestamp\":\"2026-01-01T12:00:00.000Z\",\"event.sequence\":1,"
                                    + "\"keyhole.previous\":\""
                                    + ChainEnd.beforeTheFirst(chainId()).hex()
                                    + "\",\"event.action\":\"door-stopped\",\"event.category\":\"process\","
                                    + "\"event.outcome\":\"success\",\"event.reason\":\"test\"}");
        }
    }

    @Test
    void theWritersNumbersSayWhatIsOnDisk() throws Exception {
        try (AuditFile audit = open()) {
            audit.write(new AuditEvent.DoorStopped("test"));
            audit.write(new AuditEvent.DoorStopped("test"));
            AuditNumbers numbers = audit.numbers();
            assertThat(numbers.written()).isEqualTo(2);
            assertThat(numbers.waiting()).isZero();
            assertThat(numbers.lag()).isZero();
            assertThat(numbers.lost()).isZero();
            assertThat(numbers.lastSync()).isPositive();
            assertThat(numbers.segmentBytes()).isEqualTo(Files.size(file()));
        }
        try (AuditFile again = open()) {
            assertThat(again.numbers().written()).isZero();
            assertThat(again.numbers().segmentBytes()).isEqualTo(Files.size(file()));
        }
    }

    @Test
    void whatTheDiskDoesNotTakeIsKeptInTheReserveAndNotLost() throws Exception {
        Files.createSymbolicLink(file(), Path.of("/dev/full"));
        try (AuditFile audit = open()) {
            audit.record(new AuditEvent.DoorStopped("test"));
            assertThat(audit.numbers().lost()).isZero();
            assertThat(audit.numbers().written()).isEqualTo(1);
            Awaitility.await("its writer rests").until(() -> audit.numbers().waiting() == 0);
        }
        assertThat(Files.readString(directory.resolve("reserve"))).contains("door-stopped");
    }

    @Test
    void aHistoryHoldsLinesOfBeforePseudonymsToo() throws Exception {
        Pseudonyms names = Pseudonyms.open(place().names());
        String hidden = Json.write(names.hide(Map.of("user.name", "ada")));
        Files.writeString(
                file(), "{\"user.name\":\"ada\"}\n" + hidden + "\n{\"user.name\":\"bob\"}\n");
        assertThat(hidden).doesNotContain("ada");
        assertThat(new LatestLines(place(), names).of(ADA, 10))
                .hasSize(2)
                .allMatch(line -> line.contains("\"ada\""));
    }

    @Test
    void theNumbersGoOnAfterARestart() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (AuditFile audit = open()) {
                audit.write(new AuditEvent.DoorStopped("test"));
            }
        }
        assertThat(lines()).extracting(AuditFileTest::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void halfALineThatACrashLeftIsCutOffAndSaid() throws Exception {
        try (AuditFile audit = open()) {
            audit.write(new AuditEvent.DoorStopped("test"));
        }
        Files.writeString(file(), "{\"@timestamp\":\"20", StandardOpenOption.APPEND);
        open().close();
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1))
                .contains("\"event.action\":\"audit-recovered\"", "\"keyhole.cut_bytes\":17");
    }

    @Test
    void manyWritersLoseNothingAndLeaveNoGap() throws Exception {
        int writers = 200;
        CountDownLatch done = new CountDownLatch(writers);
        try (AuditFile audit = open()) {
            for (int i = 0; i < writers; i++) {
                Thread.ofVirtual()
                        .start(() -> {
                            audit.record(new AuditEvent.DoorStopped("test"));
                            done.countDown();
                        });
            }
            done.await();
        }
        assertThat(lines())
                .extracting(AuditFileTest::sequence)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, writers).mapToObj(Long::valueOf).toList());
    }

    @Test
    void anInterruptedWriterHarmsNobody() throws Exception {
        try (AuditFile audit = open()) {
            Thread interrupted =
                    Thread.ofVirtual()
                            .start(() -> {
                                Thread.currentThread().interrupt();
                                audit.record(new AuditEvent.DoorStopped("interrupted"));
                            });
            interrupted.join();
            audit.write(new AuditEvent.DoorStopped("after"));
        }
        assertThat(lines()).hasSize(2);
    }

    @Test
    void whatAStrangerChoseStaysOneShortLine() throws Exception {
        String hostile = "\n\"}\u001b[31m\u202e" + "x".repeat(65_536);
        try (AuditFile audit = open()) {
            audit.write(
                    new AuditEvent.LoginRefused(
                            new SessionId("c-1"),
                            source(),
                            hostile,
                            Code.AUTH_FAILED,
                            hostile,
                            hostile,
                            Optional.empty()));
        }
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0)).hasSizeLessThan(2_000).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void whatTheDiskRefusesIsRefusedToTheCaller() throws Exception {
        Files.createSymbolicLink(file(), Path.of("/dev/full"));
        try (AuditFile audit = open()) {
            assertThatThrownBy(() -> audit.write(new AuditEvent.Login(actor("ada"), "ada", "ssh")))
                    .isInstanceOf(AuditUnavailable.class);
            assertThat(audit.isAvailable()).isFalse();
        }
    }

    @Test
    void aPrincipalSeesItsOwnEventsOnly() throws Exception {
        try (AuditFile audit = open()) {
            audit.write(new AuditEvent.Login(actor("ada"), "ada", "ssh"));
            audit.write(new AuditEvent.Login(actor("bob"), "ada", "ssh"));
            assertThat(audit.latest(ADA, 10)).hasSize(1);
        }
    }

    @Test
    void itSeesTheLatestOnesOldestFirst() throws Exception {
        try (AuditFile audit = open()) {
            for (String client : List.of("a", "b", "c")) {
                audit.write(new AuditEvent.Login(actor("ada"), "ada", client));
            }
            assertThat(audit.latest(ADA, 2))
                    .extracting(line -> line.replaceAll(".*original\":\"(.)\".*", "$1"))
                    .containsExactly("b", "c");
        }
    }

    @Test
    void aRefusalIsItsOwnOnlyWhenItsSignatureWasVerified() throws Exception {
        try (AuditFile audit = open()) {
            audit.write(refused(Code.AUTH_FAILED, Optional.empty()));
            audit.write(refused(Code.KEY_EXPIRED, Optional.of(ADA)));
            assertThat(audit.latest(ADA, 10)).singleElement().asString().contains("KEY_EXPIRED");
        }
    }

    @Test
    void itsEventsAreFoundBehindManyOfOthers() throws Exception {
        try (AuditFile audit = open()) {
            audit.write(new AuditEvent.Login(actor("ada"), "ada", "näher"));
        }
        String other =
                Files.readString(file()).replace("\"user.name\":\"ada\"", "\"user.name\":\"bob\"");
        try (AuditFile audit = open()) {
            Files.writeString(file(), other.repeat(40_000), StandardOpenOption.APPEND);
            assertThat(audit.latest(ADA, 10)).first().asString().contains("näher");
        }
    }

    private static AuditEvent refused(Code code, Optional<PrincipalName> proven) {
        return new AuditEvent.LoginRefused(
                new SessionId("c-1"), source(), "ada", code, "why", "ssh", proven);
    }

    @Test
    void aSecondDoorOnTheSameFileIsRefused() throws Exception {
        try (AuditFile first = open()) {
            assertThat(first.isAvailable()).isTrue();
            assertThatThrownBy(this::open)
                    .isInstanceOfAny(
                            IOException.class,
                            java.nio.channels.OverlappingFileLockException.class);
        }
    }

    private static AuditEvent.Actor actor(String name) {
        return new AuditEvent.Actor(
                new SessionId("c-1"),
                source(),
                new PrincipalName(name),
                Fingerprint.of(new byte[] {1}));
    }

    private static Source source() {
        return new Source(InetAddress.getLoopbackAddress(), 1);
    }

    private static long sequence(String line) {
        return Long.parseLong(line.replaceAll(".*\"event.sequence\":(\\d+).*", "$1"));
    }

    private AuditFile open() throws IOException {
        return AuditFile.open(place(), NOON);
    }

    private String chainId() throws IOException {
        return VerifierKey.parse(Files.readString(place().verifierKey())).chainId();
    }

    private AuditPlace place() {
        return new AuditPlace(directory, directory.resolve("audit-signing-key"));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    private Path file() {
        return directory.resolve("audit.jsonl");
    }
}

package dev.keyhole.system.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.Heap;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.Soak;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody who may log in, and then sends more of everything than the door could ever need. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FloodTest {
    private static final String ATTACKER = "127.0.0.66";

    private final Door door;
    private final Siege siege;

    FloodTest(Door door) {
        this.door = door;
        this.siege = new Siege(door);
    }

    private JsonObject attack(String... words) throws Exception {
        return siege.with(
                String.join(" ", words),
                () -> Python.attackFrom(ATTACKER, door, "session.py", words));
    }

    // A12
    @Test
    void keyExchangesWithoutTrafficAreCutSoon() throws Exception {
        JsonObject verdict = attack("rekeys");

        assertThat(verdict.get("closed").getAsBoolean()).isTrue();
        assertThat(verdict.get("rekeys").getAsInt()).isLessThan(100);
    }

    // A13; a part of the full flood, which bin/soak sends
    @ParameterizedTest
    @CsvSource({
        "ping,1000000,20000",
        "keepalive,1000000,20000",
        "ignore,1000000,30000",
        "debug,1000000,30000",
        "unknown,1000000,20000",
        "unknown request,50000,1000"
    })
    void aFloodOfMessagesLeavesNothingBehind(String kind, int full, int part) throws Exception {
        int count = Soak.count(full, part);

        JsonObject verdict = attack("message-flood", kind, "" + count);

        assertThat(verdict.get("took").getAsDouble()).isLessThan(30.0 * count / part);
    }

    // A13
    @Test
    void answersThatNobodyReadsDoNotPileUp() throws Exception {
        assertThat(attack("does-not-read").get("ended").getAsString()).isNotEqualTo("went on");
    }

    // A15
    @Test
    void channelsEndAtTheirLimit() throws Exception {
        int count = Soak.count(10_000, 1_000);

        JsonObject verdict = attack("channel-flood", "" + count);

        assertThat(verdict.getAsJsonObject("answers").get("open").getAsInt()).isEqualTo(64);
        assertThat(
                        verdict.getAsJsonObject("answers")
                                .get("resource shortage CHANNEL_LIMIT")
                                .getAsInt())
                .isEqualTo(count - 64);
        assertThat(verdict.get("alive").getAsBoolean()).isTrue();
    }

    // A15
    @Test
    void refusedChannelsLeaveNothingBehind() throws Exception {
        int count = Soak.count(1_000_000, 2_000);

        int mark = door.audit().size();

        JsonObject verdict = attack("refused-channel-flood", "" + count);

        assertThat(verdict.get("refused").getAsInt()).isEqualTo(count);
        assertThat(verdict.get("alive").getAsBoolean()).isTrue();
        // 300 a minute are written one by one; a flood may go on from one minute into the next.
        assertThat(
                        door.audit().since(mark).stream()
                                .filter(event -> event.action().equals("forward-refused"))
                                .filter(event -> event.text("source.ip").equals(ATTACKER)))
                .hasSizeLessThanOrEqualTo(300 * Soak.count(60, 2));
    }

    // A17
    @Test
    void violationsOfTheWindowEndTheSession() throws Exception {
        JsonObject verdict = attack("window-abuse");

        assertThat(texts(verdict))
                .containsEntry("window overflow", "cut")
                .containsEntry("beyond the window", "cut")
                .containsEntry("more announced than sent", "cut")
                .containsEntry("data after EOF", "cut")
                .containsEntry("no such channel", "cut")
                .containsEntry("extended data", "cut")
                .containsEntry("packet size 0", "cut")
                // Odd, but allowed: these wait, or go byte by byte.
                .containsEntry("initial window 0", "alive")
                .containsEntry("initial window 2^32-1", "alive")
                .containsEntry("packet size 1", "alive")
                .doesNotContainValue("hangs");
    }

    // A17; measured while the answers of a service find no reader
    @Test
    void aReaderThatStopsHoldsLittleMemory() throws IOException, InterruptedException {
        Path workspaceHome = door.home().resolve("workspaces/ada/home");
        assumeTrue(Files.isDirectory(workspaceHome), "needs a real workspace");
        Path big = workspaceHome.resolve("big.bin");
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        Files.setPosixFilePermissions(big, PosixFilePermissions.fromString("rw-r--r--"));
        door.ssh().run("keyhole", "start");
        long heap = Heap.usedKibibytes(door.doorPid());
        int mark = door.audit().size();

        Thread attack =
                Thread.ofVirtual()
                        .start(() ->
                                Python.attack(
                                        door,
                                        "session.py",
                                        "reader-that-stops",
                                        "/files/big.bin",
                                        "8"));
        Awaitility.await("all channels are open")
                .atMost(Duration.ofSeconds(30))
                .until(() -> opened(door, mark) == 8);
        Awaitility.await("the service could send")
                .pollDelay(Duration.ofSeconds(3))
                .until(() -> true);

        assertThat(Heap.usedKibibytes(door.doorPid()) - heap)
                .as("heap in KiB")
                .isLessThan(8 * 2 * 1024);
        attack.join();
        Files.delete(big);
    }

    private static Map<String, String> texts(JsonObject verdict) {
        return verdict.entrySet().stream()
                .collect(
                        Collectors.toMap(Map.Entry::getKey, each -> each.getValue().getAsString()));
    }

    private static long opened(Door door, int mark) {
        return door.audit().since(mark).stream()
                .filter(event -> event.action().equals("forward-opened"))
                .count();
    }
}

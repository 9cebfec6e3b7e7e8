package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.Heap;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Python;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.Soak;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody who may log in, and then sends more of everything than the door could ever need. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class FloodTest {
    private static final long HARDLY_ANYTHING = 4 * 1024;

    /** Runs an attack and checks that nothing of it stays in memory or open, and that others can still log in. */
    private static JsonObject withoutTrace(Door door, String... attack) {
        door.ssh().run("keyhole", "services").orFail();
        long heap = Heap.usedKibibytes(door.doorPid());
        long files = Processes.openFiles(door.doorPid());

        JsonObject verdict = Python.attack(Soak.patience(), door, "session.py", attack);

        door.ssh().run("keyhole", "services").orFail();
        Awaitility.await("everything is given back")
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    assertThat(Processes.openFiles(door.doorPid()) - files).isLessThanOrEqualTo(8);
                    assertThat(Heap.usedKibibytes(door.doorPid()) - heap)
                            .as("heap in KiB")
                            .isLessThan(HARDLY_ANYTHING);
                });
        return verdict;
    }

    // A12
    @Test
    void keyExchangesWithoutTrafficAreCutSoon(Door door) {
        JsonObject verdict = withoutTrace(door, "rekeys");

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
    void aFloodOfMessagesLeavesNothingBehind(String kind, int full, int part, Door door) {
        int count = Soak.count(full, part);

        JsonObject verdict = withoutTrace(door, "message-flood", kind, "" + count);

        assertThat(verdict.get("took").getAsDouble()).isLessThan(30.0 * count / part);
    }

    // A13
    @Test
    void answersThatNobodyReadsDoNotPileUp(Door door) {
        assertThat(withoutTrace(door, "does-not-read").get("ended").getAsString())
                .isNotEqualTo("went on");
    }

    // A15
    @Test
    void channelsEndAtTheirLimit(Door door) {
        int count = Soak.count(10_000, 1_000);

        JsonObject verdict = withoutTrace(door, "channel-flood", "" + count);

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
    void refusedChannelsLeaveNothingBehind(Door door) {
        int count = Soak.count(1_000_000, 2_000);

        JsonObject verdict = withoutTrace(door, "refused-channel-flood", "" + count);

        assertThat(verdict.get("refused").getAsInt()).isEqualTo(count);
        assertThat(verdict.get("alive").getAsBoolean()).isTrue();
    }

    // A17
    @Test
    void violationsOfTheWindowEndTheSession(Door door) {
        JsonObject verdict = withoutTrace(door, "window-abuse");

        assertThat(Verdicts.texts(verdict))
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
    void aReaderThatStopsHoldsLittleMemory(Door door) throws IOException, InterruptedException {
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

    private static long opened(Door door, int mark) {
        return door.audit().since(mark).stream()
                .filter(event -> event.action().equals("forward-opened"))
                .count();
    }
}

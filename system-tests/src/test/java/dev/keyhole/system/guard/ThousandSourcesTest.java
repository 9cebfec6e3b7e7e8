package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.Heap;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Soak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand connections a second from a thousand addresses of another machine, and one person who works. */
@ExtendWith(NoLeaks.class)
final class ThousandSourcesTest {
    private static final Path SCRIPT =
            Places.checkout().resolve("system-tests/src/test/python/guard/thousand.py");
    private static final int SOURCES = 1_000;
    private static final int PER_SECOND = 1_000;
    private static final int REMEMBERED = 300;

    /** A twentieth more, and what a door at rest may differ by, in KiB. */
    private static final long NOISE = 6 * 1024;

    private GuardedDoor door;
    private Visitor ada;
    private Visitor attacker;

    @BeforeEach
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there is no network of its own");
        door =
                GuardedDoor.open(
                        "ban: {after: 1, sources: %d, penalty: {least: 1s}}".formatted(REMEMBERED));
        ada = door.ada();
        attacker = door.stranger();
        attacker.run("ip", "route", "add", "local", "198.19.0.0/21", "dev", "lo").orFail();
        door.network()
                .run("ip", "route", "add", "198.19.0.0/21", "via", attacker.address())
                .orFail();
    }

    @AfterEach
    void close() {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void fillTheTableOfBansToItsCapAndHarmNobodyWhoWorks() throws Exception {
        int seconds = Soak.count(60, 10);
        assertThat(ada.ssh("keyhole", "me").exit()).isZero();
        long heapBefore = Heap.usedKibibytes(door.pid());
        long threadsBefore = Processes.threads(door.pid());

        CompletableFuture<Ran> attack =
                CompletableFuture.supplyAsync(() -> attack(seconds), Thread::startVirtualThread);
        Awaitility.await("the bans have come to their cap")
                .atMost(Duration.ofSeconds(seconds))
                .untilAsserted(() ->
                        assertThat(number("keyhole_bans{by=\"door\"}"))
                                .as(numbers())
                                .isEqualTo(REMEMBERED));
        int tried = 0;
        int good = 0;
        while (!attack.isDone()) {
            tried++;
            good += ada.ssh("keyhole", "me").exit() == 0 ? 1 : 0;
        }
        JsonObject verdict = JsonParser.parseString(attack.get().stdout()).getAsJsonObject();
        System.out.printf("flood: a thousand sources: %d of %d logins, %s%n", good, tried, verdict);

        assertThat(verdict.get("per second").getAsInt()).isGreaterThan(PER_SECOND / 2);
        assertThat(tried).isPositive();
        assertThat((double) good / tried).isGreaterThanOrEqualTo(0.99);
        assertThat(number("keyhole_bans{by=\"door\"}"))
                .as("bans of the door")
                .isLessThanOrEqualTo(REMEMBERED)
                .isEqualTo(number("keyhole_bans_most"));
        Awaitility.await("memory and threads are given back")
                .atMost(Duration.ofSeconds(45))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    assertThat(Heap.usedKibibytes(door.pid()))
                            .as("heap in KiB")
                            .isLessThanOrEqualTo(heapBefore + heapBefore / 20 + NOISE);
                    assertThat(Processes.threads(door.pid()))
                            .as("threads")
                            .isLessThanOrEqualTo(threadsBefore + threadsBefore / 20 + 8);
                });
        assertThat(door.keyhole("health").exit()).isZero();
        door.keyhole("audit", "verify").orFail();
    }

    private Ran attack(int seconds) {
        List<String> words =
                List.of(
                        "/usr/bin/python3",
                        "-B",
                        SCRIPT.toString(),
                        attacker.wire().near(),
                        "" + GuardedDoor.PORT,
                        "198.19.0",
                        "" + SOURCES,
                        "" + PER_SECOND,
                        "" + seconds);
        return attacker.run(Duration.ofSeconds(seconds + 30), words).orFail();
    }

    private long number(String series) {
        return numbers()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .map(Double::parseDouble)
                .findFirst()
                .orElse(0.0)
                .longValue();
    }

    private String numbers() {
        return door.keyhole("metrics").orFail().stdout();
    }
}

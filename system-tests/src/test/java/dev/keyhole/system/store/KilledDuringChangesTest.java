package dev.keyhole.system.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Soak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGKILL for the door, or for the broker that keeps it, while operators change people and people log in. */
@ExtendWith(NoLeaks.class)
final class KilledDuringChangesTest {
    private static final int KILLS = Soak.count(100, 6);

    private final Changes changes = new Changes();
    private final Random random = new Random(3);

    @Test
    void everyPromiseIsKeptAndNobodyIsHalfThere() throws Exception {
        assumeTrue(OtherUser.weAreRoot(), "people with OS users of their own need root");
        Door door = Door.up();
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                boolean broker = kill % 3 == 2;
                killed(door, broker);
                if (broker) {
                    Awaitility.await("the door ends with its keeper")
                            .atMost(Duration.ofSeconds(20))
                            .until(() -> !Ports.accepts(door.port()));
                    door.upAgain();
                }
                changes.settle(people(door));
                door.ssh().as("ada").run("keyhole", "services").orFail();
            }
            door.stop();
            assertThat(integrity(door)).isEqualTo("ok 0");
            assertThat(Ran.of(Duration.ofSeconds(10), "getent", "passwd").stdout())
                    .doesNotContainPattern("(?m)^keyhole-k[0-9]+:");
        } finally {
            door.close();
        }
    }

    private void killed(Door door, boolean broker) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> logins =
                    threads.submit(() -> {
                        int done = 0;
                        while (!over.get()) {
                            done +=
                                    door.ssh().as("ada").run("keyhole", "services").exit() == 0
                                            ? 1
                                            : 0;
                        }
                        return done;
                    });
            long pid = door.doorPid();
            try {
                changes.untilKilled(
                        door,
                        random.nextInt(12),
                        random.nextInt(100),
                        broker ? door::kill9Up : door::kill9);
            } finally {
                over.set(true);
            }
            logins.get();
            if (!broker) {
                Awaitility.await("the door is back by itself")
                        .atMost(Duration.ofSeconds(30))
                        .until(() ->
                                door.doorPid() != pid
                                        && Processes.isAlive(door.doorPid())
                                        && Ports.accepts(door.port()));
            }
        }
    }

    /** Those that the changes are about, each whole with both of its keys. */
    private static List<Integer> people(Door door) {
        Ran list =
                Awaitility.await("the control socket answers")
                        .atMost(Duration.ofSeconds(20))
                        .until(
                                () -> door.keyhole("principal", "list", "--json"),
                                ran -> ran.exit() == 0);
        List<Integer> found = new ArrayList<>();
        for (JsonElement one :
                JsonParser.parseString(list.stdout())
                        .getAsJsonObject()
                        .getAsJsonArray("principals")) {
            JsonObject principal = one.getAsJsonObject();
            String name = principal.get("name").getAsString();
            if (name.startsWith("k")) {
                assertThat(principal.get("keys").getAsInt()).as(name).isEqualTo(2);
                found.add(Integer.valueOf(name.substring(1)));
            }
        }
        return found;
    }

    /** What sqlite3 itself says, and how many rows hang on nothing. */
    private static String integrity(Door door) {
        String script =
                """
                import sqlite3, sys
                store = sqlite3.connect(sys.argv[1])
                print(store.execute("PRAGMA integrity_check").fetchone()[0],
                      len(store.execute("PRAGMA foreign_key_check").fetchall()))
                """;
        return Ran.of(
                        Duration.ofSeconds(20),
                        "/usr/bin/python3",
                        "-c",
                        script,
                        door.home().resolve("door/keyhole.db").toString())
                .orFail()
                .stdout()
                .strip();
    }
}

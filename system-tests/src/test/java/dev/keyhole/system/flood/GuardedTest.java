package dev.keyhole.system.flood;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Soak;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same strangers at a door that counts what they do: no address is exempt. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GuardedTest {
    private static final byte[] IDENT = "SSH-2.0-stranger\r\n".getBytes(US_ASCII);

    /** GuardRules: so many wait for a login of one source, and of all of them. */
    private static final int MOST_OF_ONE = 10;

    private static final int MOST_OF_ALL = 100;

    private final Door door = Door.up(DoorSetup.usual().withPenalties());
    private final Siege siege = new Siege(door);

    @AfterAll
    void close() {
        door.close();
    }

    // A1, A2
    @Test
    void oneSourceGetsTenConnectionsHoweverManyItOpens() throws Exception {
        try (Strangers strangers = new Strangers("127.0.0.66", door.port())) {
            int held =
                    siege.with(
                            "200 half-open connections of one source",
                            () -> {
                                strangers.connect(200, IDENT);
                                Beside.alone(door.ssh(), Soak.count(30, 3));
                                Awaitility.await("the rest is dropped")
                                        .until(() -> strangers.open() <= MOST_OF_ONE);
                                int open = strangers.open();
                                strangers.close();
                                return open;
                            });

            assertThat(held).isBetween(1, MOST_OF_ONE);
        }
    }

    // A2
    @Test
    void twoThousandConnectionsOfManySourcesAreDroppedEarlyAndNoSessionIs() throws Exception {
        List<Strangers> sources = new ArrayList<>();
        try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            int held =
                    siege.with(
                            "2000 half-open connections of 100 sources",
                            () -> {
                                int most = 0;
                                for (int round = 0; round < Soak.count(15, 1); round++) {
                                    most = Math.max(most, heldOf(sources));
                                }
                                return most;
                            });

            assertThat(held).isBetween(1, MOST_OF_ALL);
            assertThat(tunnel.isOpen()).as(tunnel.output()).isTrue();
        } finally {
            for (Strangers source : sources) {
                source.close();
            }
        }
    }

    /** How many of 2,000 connections are still there after a few logins; then they all end. */
    private int heldOf(List<Strangers> sources) throws IOException {
        for (int number = 1; number <= 100; number++) {
            Strangers source = new Strangers("127.0.7." + number, door.port());
            sources.add(source);
            source.connect(20, IDENT);
        }
        Beside.alone(door.ssh(), Soak.count(10, 3));
        // One that has just been displaced is closed a moment later.
        Awaitility.await("the rest is dropped").until(() -> open(sources) <= MOST_OF_ALL);
        int open = open(sources);
        for (Strangers source : sources) {
            source.close();
        }
        sources.clear();
        return open;
    }

    private static int open(List<Strangers> sources) {
        return sources.stream().mapToInt(Strangers::open).sum();
    }

    // A7
    @Test
    void whoTriesKeysWithoutEndIsRefusedAndAnHonestAgentWithTenKeysIsNot() throws Exception {
        JsonObject verdict =
                siege.with(
                        "keys nobody knows",
                        () ->
                                Python.attackFrom(
                                        "127.0.0.67", door, "login.py", "many-key-floods", "20"));
        KeyFile wrong = KeyFile.make(door.setup().place(), "wrong");
        List<String> nineMore = new ArrayList<>();
        for (int number = 0; number < 9; number++) {
            KeyFile next = KeyFile.make(door.setup().place(), "wrong" + number);
            nineMore.addAll(List.of("-i", next.file().toString()));
        }
        Ran lost =
                door.ssh()
                        .withKey(wrong)
                        .with(nineMore.toArray(String[]::new))
                        .run("keyhole", "services");
        Ran found = door.ssh().run("keyhole", "services");

        assertThat(verdict.get("refused before a key").getAsInt()).isGreaterThanOrEqualTo(10);
        assertThat(lost.stderr()).contains("TOO_MANY_TRIES").contains("IdentitiesOnly");
        assertThat(found.exit()).as(found.toString()).isZero();
    }
}

package dev.keyhole.system.flood;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Python;
import dev.keyhole.system.Ran;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.Soak;
import dev.keyhole.system.TestVenv;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Key exchanges and keys without end, and what they cost those who log in beside them. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyFloodTest {
    private static final String ATTACKER = "127.0.0.66";

    private final Door door;
    private final Siege siege;

    KeyFloodTest(Door door) {
        this.door = door;
        this.siege = new Siege(door);
    }

    // A7
    @Test
    void eachConnectionGetsSixKeysHoweverManyItHas() throws Exception {
        String connections = "" + Soak.count(1_000, 20);

        JsonObject verdict =
                siege.with(
                        "keys nobody knows",
                        () ->
                                Python.attackFrom(
                                        ATTACKER,
                                        door,
                                        "login.py",
                                        "auth-flood",
                                        connections,
                                        "100"));

        assertThat(verdict.get("most failures").getAsInt()).isLessThanOrEqualTo(6);
        assertThat(verdict.getAsJsonArray("texts")).hasSize(1);
        assertThat(verdict.getAsJsonArray("texts").get(0).getAsString())
                .isEqualTo("TOO_MANY_TRIES");
    }

    // A7
    @Test
    void anHonestAgentWithTenKeysIsToldWhatToDoAndMayComeAgain() {
        Path place = Places.fresh("agent");
        try {
            KeyFile first = KeyFile.make(place, "other");
            List<String> nineMore = new ArrayList<>();
            for (int number = 0; number < 9; number++) {
                KeyFile next = KeyFile.make(place, "other" + number);
                nineMore.addAll(List.of("-i", next.file().toString()));
            }

            Ran lost =
                    door.ssh()
                            .withKey(first)
                            .with(nineMore.toArray(String[]::new))
                            .run("keyhole", "services");
            Ran found = door.ssh().run("keyhole", "services");

            assertThat(lost.exit()).isEqualTo(255);
            assertThat(lost.stderr()).contains("TOO_MANY_TRIES").contains("IdentitiesOnly");
            assertThat(found.exit()).as(found.toString()).isZero();
        } finally {
            Places.remove(place);
        }
    }

    // A8
    @Test
    void keyExchangesAsFastAsTheyGoLeaveOthersTheirTurn() throws Exception {
        int seconds = Soak.count(60, 8);

        String said = siege.with("DHEat", () -> audit(seconds, "--skip-rate-test", "--dheat=10"));

        assertThat(said).contains("Successful DH KEX replies");
    }

    // A8
    @Test
    void connectionsAsFastAsTheyGoLeaveOthersTheirTurn() throws Exception {
        int seconds = Soak.count(60, 5);

        String said = siege.with("connections", () -> audit(seconds, "--conn-rate-test=10"));

        assertThat(said).contains("/sec");
    }

    /**
     * Ends it as a person does who has seen enough, with one SIGINT to all its processes; the last
     * words that it says are its figures. Where the suite was started from must not matter: a
     * script's background hands down an ignored SIGINT, and the tool's lines depend on the shell, on
     * buffering and on the character set.
     */
    private String audit(int seconds, String... words) {
        List<String> command = new ArrayList<>(Soak.elsewhere());
        command.addAll(
                List.of(
                        "env",
                        "--default-signal=INT",
                        "SHELL=/bin/bash",
                        "PYTHONUNBUFFERED=1",
                        "PYTHONUTF8=1",
                        "bash",
                        "-c",
                        "set -m; \"$@\" & sleep " + seconds + "; kill -INT -- -$!; wait $!",
                        "audit",
                        TestVenv.tools().resolve("bin/ssh-audit").toString(),
                        "--no-colors"));
        command.addAll(List.of(words));
        command.addAll(List.of("-p", "" + door.port(), "127.0.0.1"));
        Ran ran = Ran.of(Duration.ofSeconds(seconds + 20), command);
        List<String> figures =
                ran.stdout()
                        .replace("\r", "\n")
                        .lines()
                        .filter(line -> line.matches(".*(Successful|Completed) .*/sec.*"))
                        .toList();
        assertThat(figures).as(ran.toString()).isNotEmpty();
        return String.join("\n", figures.subList(Math.max(0, figures.size() - 4), figures.size()));
    }
}

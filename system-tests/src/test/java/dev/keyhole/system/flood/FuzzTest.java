package dev.keyhole.system.flood;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.Soak;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stock clients send, changed by dice, in each state of a connection. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FuzzTest {
    private final Door door;
    private final Siege siege;

    FuzzTest(Door door) {
        this.door = door;
        this.siege = new Siege(door);
    }

    // A10
    @ParameterizedTest
    @ValueSource(strings = {"ident", "kexinit", "kex", "auth", "channels"})
    void mutatedPacketsAreAnsweredOrCutAndNeverLetIn(String state) throws Exception {
        String count = "" + Soak.count(100_000, 1_000);
        String seed = Long.getLong("keyhole.fuzz-seed", 4) + "";
        int log = log().size();

        JsonObject verdict =
                siege.with(
                        "fuzz " + state,
                        () ->
                                Python.attackFrom(
                                        "127.0.0.66", door, "fuzz.py", "fuzz", state, count, seed));

        assertThat(verdict.get("sent").getAsInt()).isGreaterThanOrEqualTo(Integer.parseInt(count));
        assertThat(verdict.get("slowest").getAsDouble()).as("seconds of silence").isLessThan(5);
        assertThat(verdict.getAsJsonArray("let in")).isEmpty();
        assertThat(log().subList(log, log().size()))
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("Uncaught"));
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(door.home().resolve("log/door.log"));
    }
}

package dev.keyhole.system.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a verb finds its door, and what it says when there is none. */
@ExtendWith(NoLeaks.class)
final class NoDoorTest {
    @Test
    void withoutADoorTheAnswerIsHowToOpenOne() throws IOException {
        Path place = Places.fresh("nodoor");
        try {
            Path home = place.resolve("home");
            Ran none = keyhole("--home", home.toString(), "session", "list");
            assertThat(none.exit()).as(none.toString()).isEqualTo(4);
            assertThat(none.stderr())
                    .contains("No door is open on " + home)
                    .contains("keyhole up --home " + home);

            Files.createDirectories(home.resolve("run"));
            Files.writeString(home.resolve("run/control"), place.resolve("gone") + "\n");
            assertThat(keyhole("--home", home.toString(), "session", "list").exit())
                    .as("a note that a killed door left")
                    .isEqualTo(4);

            Path config = Files.writeString(place.resolve("keyhole.yaml"), "lisen: x\n");
            Ran wrong = keyhole("--config", config.toString(), "session", "list");
            assertThat(wrong.exit()).as(wrong.toString()).isEqualTo(1);
            assertThat(wrong.stderr()).contains(config + ":1: ");
        } finally {
            Places.remove(place);
        }
    }

    @Test
    void aConfigNamesItsDoorBeforeTheVerbOrAfterIt() {
        try (ServedDoor door = ServedDoor.of("", "ada", "bob")) {
            String config = door.home().resolveSibling("keyhole.yaml").toString();
            assertThat(keyhole("--config", config, "principal", "list").orFail().stdout())
                    .contains("ada", "bob");
            assertThat(keyhole("principal", "list", "--config", config).orFail().stdout())
                    .contains("ada", "bob");
            Ran both = keyhole("--config", config, "principal", "list", "--home", "" + door.home());
            assertThat(both.exit()).as(both.toString()).isEqualTo(2);

            assertThat(
                            keyhole(
                                            "--config",
                                            config,
                                            "principal",
                                            "lock",
                                            "bob",
                                            "--reason",
                                            "left")
                                    .exit())
                    .isZero();
            door.restart();
            assertThat(keyhole("--config", config, "principal", "list").orFail().stdout())
                    .as("what was decided outlives the door")
                    .containsPattern("bob +member +locked");
        }
    }

    private static Ran keyhole(String... words) {
        ProcessBuilder builder = new ProcessBuilder(Places.command().toString());
        builder.command().addAll(java.util.List.of(words));
        return Ran.of(Duration.ofMinutes(5), builder); // the first one may build
    }
}

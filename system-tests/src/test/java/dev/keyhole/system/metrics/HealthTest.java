package dev.keyhole.system.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code keyhole health}: 0 while the door can do its work, 7 and a code when it cannot, 4 when there is none. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HealthTest {
    private final ServedDoor door = ServedDoor.of("", "ada");
    private final Operated operated = new Operated(door);

    @AfterAll
    void close() {
        door.close();
    }

    @Test
    void aDoorThatIsWellSaysSoAndNamesWhatItLookedAt() {
        Ran ran = operated.health();
        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.stdout())
                .contains("\"healthy\":true")
                .contains("\"audit\"", "\"store\"", "\"broker\"", "\"host-key\"", "\"disk\"");
    }

    @Test
    void aHostKeyThatIsGoneIsFoundBeforeTheNextRestartFindsIt() throws IOException {
        Path key = door.home().resolve("door/ssh_host_ed25519_key");
        Path aside = key.resolveSibling("aside");
        Files.move(key, aside);
        try {
            Ran ran = operated.health();
            assertThat(ran.exit()).as(ran.toString()).isEqualTo(7);
            assertThat(ran.stdout())
                    .contains("\"healthy\":false")
                    .contains("\"code\":\"HOST_KEY_UNUSABLE\"");
            Ran text = door.keyhole("health");
            assertThat(text.exit()).isEqualTo(7);
            assertThat(text.stdout())
                    .containsPattern("host-key +problem")
                    .contains("Put the old one back");
            assertThat(operated.metrics().value("keyhole_health{check=\"host-key\"}")).isZero();
            assertThat(door.keyhole("status").orFail().stdout()).contains("HOST_KEY_UNUSABLE");
        } finally {
            Files.move(aside, key);
        }
        assertThat(operated.health().exit()).isZero();
    }
}

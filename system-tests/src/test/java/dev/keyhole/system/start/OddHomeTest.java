package dev.keyhole.system.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A home whose path is longer than a socket's may be; and a second start on a home that is open already. */
@ExtendWith(NoLeaks.class)
final class OddHomeTest {
    @Test
    void aHomeOf150LettersCarriesTheNotebookAndASecondStartAnswersTheSame() {
        DoorSetup usual = DoorSetup.usual();
        String place = usual.place() + "/";
        Path home = Path.of(place + "h".repeat(150 - place.length()));
        try (Door door = Door.up(usual.withHome(home));
                Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            Ran api = Ran.of(Duration.ofSeconds(60), "curl", "-sSf", tunnel.url("/api").toString());
            assertThat(api.exit()).as(api.toString()).isZero();
            assertThat(api.stdout()).contains("version");

            Ran second = Starts.up(door.setup());
            assertThat(second.exit()).as(second.toString()).isZero();
            assertThat(JsonParser.parseString(second.stdout())).isEqualTo(door.ready());
        }
    }
}

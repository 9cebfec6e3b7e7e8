package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who listens on the wire reads nothing of what goes into the notebook. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class WireTest {
    private static final String MARKER = "the-marker-that-nobody-on-the-wire-may-read";

    @Test
    void aFileForTheNotebookIsReadableBeforeTheTunnelAndNotInIt(Door door) throws IOException {
        assumeTrue(OtherUser.weAreRoot(), "only root can capture packets");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tcpdump")), "there is no tcpdump here");
        Path place = Places.fresh("wire");
        Path file = place.resolve("marked.txt");
        Files.writeString(file, (MARKER + "\n").repeat(100));
        try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"));
                Capture plain = Capture.of(tunnel.localPort(), place);
                Capture encrypted = Capture.of(door.port(), place)) {
            Notebook.through(tunnel).put("marked.txt", file);

            Awaitility.await("both captures saw the file pass")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> plain.holds(MARKER) && encrypted.size() > Files.size(file));
            assertThat(door.home().resolve("workspaces/ada/home/marked.txt"))
                    .hasSameTextualContentAs(file);
            assertThat(encrypted.holds(MARKER)).isFalse();
            assertThat(encrypted.holds("marked.txt")).isFalse();
        } finally {
            Places.remove(place);
        }
    }
}

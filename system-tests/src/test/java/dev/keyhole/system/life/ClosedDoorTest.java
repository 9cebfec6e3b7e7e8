package dev.keyhole.system.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes on and what ends when somebody closes the door. */
@ExtendWith(NoLeaks.class)
final class ClosedDoorTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void ctrlCAndDownKeepLeaveTheNotebookAndDownEndsIt() throws IOException {
        // A long home, so that the sockets lie in a short directory that must vanish in the end.
        DoorSetup usual = DoorSetup.usual();
        Path home = usual.place().resolve("h".repeat(100));
        try (Door door = Door.up(usual.withHome(home))) {
            useNotebook(door);
            Jupyter jupyter = Jupyter.of(door);

            door.signal("INT");
            assertThat(door.awaitEnd(SOON)).isZero();
            assertThat(door.stderr())
                    .contains("The door is closed. Still running: jupyter of ada")
                    .contains("keyhole down --home " + home);
            assertThat(jupyter.isAlive()).isTrue();

            Door again = door.upAgain();
            useNotebook(again);
            assertThat(Jupyter.of(again)).isEqualTo(jupyter);
            Ran keep = again.keyhole("down", "--keep").orFail();
            assertThat(keep.stderr()).contains("The door is closed");
            assertThat(again.awaitEnd(SOON)).isZero();
            assertThat(jupyter.isAlive()).isTrue();

            Door third = door.upAgain();
            useNotebook(third);
            assertThat(Jupyter.of(third)).isEqualTo(jupyter);
            List<Path> shortDirectories = shortDirectories(home);
            assertThat(shortDirectories).isNotEmpty().allMatch(Files::isDirectory);
            third.stop();
            assertThat(jupyter.isAlive()).isFalse();
            assertThat(shortDirectories).noneMatch(Files::exists);
        }
    }

    @Test
    void downOnAHomeWhereNothingRunsSaysSo() {
        try (Door door = Door.up()) {
            door.stop();
            Ran again = door.keyhole("down").orFail();
            assertThat(again.stderr()).contains("Nothing runs on " + door.home());
        }
    }

    private static void useNotebook(Door door) {
        try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            Ran.of(Duration.ofSeconds(60), "curl", "-sSf", tunnel.url("/api").toString()).orFail();
        }
    }

    /** As the notes under a home name them. */
    private static List<Path> shortDirectories(Path home) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path note :
                    all.filter(file -> file.getFileName().toString().startsWith("short-direc"))
                            .toList()) {
                found.add(Path.of(Files.readString(note).strip()));
            }
        }
        return found;
    }
}

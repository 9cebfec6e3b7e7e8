package dev.keyhole.system.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Tunnel;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A door that is killed takes no notebook with it: what a kernel held is there behind the next door. */
@ExtendWith(NoLeaks.class)
final class KilledDoorTest {
    @Test
    void aKernelOutlivesItsDoorAndThenTheKeeperOfTheDoor() {
        try (Door first = Door.up()) {
            String kernel;
            try (Tunnel tunnel = first.ssh().tunnelTo(first.portOf("jupyter"))) {
                kernel = Notebook.through(tunnel).startKernel();
                Notebook.through(tunnel).run(kernel, "x = 1");
            }
            Jupyter before = Jupyter.of(first);

            Door second = killDoor(first);
            assertSameNotebook(second, before, kernel);
            assertThat(second.hostKey()).isEqualTo(first.hostKey());

            second.kill9Up();
            Awaitility.await("the door ends with its keeper")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !Ports.accepts(first.port()));
            Door third = first.upAgain();
            assertSameNotebook(third, before, kernel);
            assertThat(third.hostKey()).isEqualTo(first.hostKey());
            third.stop();
            assertThat(before.isAlive()).isFalse();
        }
    }

    /** As root the door comes back by itself; otherwise another {@code up} brings it. */
    private static Door killDoor(Door door) {
        boolean supervised = Files.exists(door.home().resolve("run/door.pid"));
        long pid = door.doorPid();
        door.kill9();
        if (!supervised) {
            return door.upAgain();
        }
        Awaitility.await("the door is back by itself")
                .atMost(Duration.ofSeconds(15))
                .until(() ->
                        door.doorPid() != pid
                                && Processes.isAlive(door.doorPid())
                                && Ports.accepts(door.port()));
        return door;
    }

    private static void assertSameNotebook(Door door, Jupyter before, String kernel) {
        try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            Notebook notebook = Notebook.through(tunnel);
            assertThat(notebook.kernels()).containsExactly(kernel);
            assertThat(notebook.run(kernel, "print(x)")).isEqualTo("1");
            assertThat(Jupyter.of(door)).isEqualTo(before);
        }
    }
}

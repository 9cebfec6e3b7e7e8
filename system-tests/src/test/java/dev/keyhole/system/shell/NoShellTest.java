package dev.keyhole.system.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ran;
import dev.keyhole.system.SharedDoor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Without a grant nothing runs, by any door of the protocol. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class NoShellTest {
    @Test
    void commandsAreRefused(Door door) {
        for (String line : List.of("id", "scp -t x", "rsync --server", "sh -c keyhole")) {
            assertThat(door.ssh().run(line).exit()).as(line).isEqualTo(255);
        }
    }

    @Test
    void sftpIsRefused(Door door) {
        List<String> command = new ArrayList<>(door.ssh().with("-s").command("sftp"));
        Ran ran = Ran.of(Duration.ofSeconds(30), command);
        assertThat(ran.exit()).isEqualTo(255);
        assertThat(ran.stderr()).contains("subsystem request failed");
    }
}

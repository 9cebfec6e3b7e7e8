package dev.keyhole.system.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Tunnel;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** As many workspaces as a machine may run, and one more. */
@ExtendWith(NoLeaks.class)
final class WorkspaceLimitTest {
    @Test
    void oneMoreIsRefusedAndTheOthersAreNamedUntilOneStops() {
        assumeTrue(OtherUser.weAreRoot(), "two principals need two OS users");
        try (ServedDoor door = ServedDoor.of("workspace: {most: 1}", "ada", "bob")) {
            door.ssh("ada").run("keyhole", "start").orFail();

            Ran refused = door.ssh("bob").run("keyhole", "start");
            assertThat(refused.exit()).isEqualTo(3);
            assertThat(refused.stdout())
                    .contains("WORKSPACE_LIMIT: 1 of 1 workspaces run: ada. Ask somebody to stop");
            try (Tunnel tunnel = door.ssh("bob").tunnelTo(8888)) {
                Awaitility.await("ssh shows the refusal")
                        .atMost(Duration.ofSeconds(10))
                        .until(() ->
                                tunnel.output()
                                        .contains("administratively prohibited: WORKSPACE_LIMIT"));
            }
            door.ssh("ada").run("keyhole", "start").orFail();

            door.ssh("ada").run("keyhole", "stop").orFail();
            door.ssh("bob").run("keyhole", "start").orFail();
        }
    }
}

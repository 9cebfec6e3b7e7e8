package dev.keyhole.system.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Health says that the disk gets full before the audit cannot be written, and both when it cannot. */
@ExtendWith(NoLeaks.class)
final class FullDiskHealthTest {
    private final DoorSetup setup = DoorSetup.usual();

    @BeforeEach
    void mount() throws IOException {
        assumeTrue(OtherUser.weAreRoot(), "only root can mount a small disk");
        Files.createDirectory(setup.home());
        String options = "size=64m,mode=0755";
        String home = setup.home().toString();
        Ran.of(Duration.ofSeconds(10), "mount", "-t", "tmpfs", "-o", options, "keyhole-test", home)
                .orFail();
    }

    @AfterEach
    void unmount() {
        Ran.of(Duration.ofSeconds(10), "umount", setup.home().toString());
        Places.remove(setup.place());
    }

    @Test
    void firstTheDiskIsLowThenTheAuditIsUnavailableAndNumbersAreStillRead() throws IOException {
        Door door = Door.up(setup);
        try {
            Ran low = door.keyhole("health", "--json");
            assertThat(low.exit()).as(low.toString()).isEqualTo(7);
            assertThat(low.stdout()).contains("DISK_LOW").doesNotContain("AUDIT_UNAVAILABLE");

            Path ballast = setup.home().resolve("ballast");
            fill(ballast);
            Awaitility.await("health names the audit")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        door.ssh().run("keyhole", "me");
                        return door.keyhole("health").stdout().contains("AUDIT_UNAVAILABLE");
                    });
            // The end of a session may have been the first to find the disk full.
            assertThat(door.ssh().run("keyhole", "me").exit()).isNotZero();
            assertThat(door.keyhole("metrics").orFail().stdout())
                    .contains("keyhole_health{check=\"audit\"} 0.0\n")
                    .contains("code=\"AUDIT_UNAVAILABLE\"");

            Files.delete(ballast);
            door.ssh().run("keyhole", "me").orFail();
            assertThat(door.keyhole("health").stdout()).doesNotContain("AUDIT_UNAVAILABLE");
        } finally {
            door.stop();
        }
    }

    private static void fill(Path ballast) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }
}

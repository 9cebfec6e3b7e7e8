package dev.keyhole.system.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A disk that fills up while the door is open: what cannot be written down does not happen. */
@ExtendWith(NoLeaks.class)
final class DiskThatFillsTest {
    private final DoorSetup setup = DoorSetup.usual();

    @BeforeEach
    void mount() throws IOException {
        assumeTrue(
                System.getProperty("user.name").equals("root"), "only root can mount a small disk");
        Files.createDirectory(setup.home());
        Ran.of(
                        Duration.ofSeconds(10),
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=64m,mode=0755",
                        "keyhole-test",
                        setup.home().toString())
                .orFail();
    }

    @AfterEach
    void unmount() {
        Ran.of(Duration.ofSeconds(10), "umount", setup.home().toString());
        Places.remove(setup.place());
    }

    @Test
    void newLoginsAreRefusedWithTheReasonAndComeBackWhenThereIsSpace() throws IOException {
        Door door = Door.up(setup);
        try {
            door.ssh().run("keyhole", "services").orFail();
            Path ballast = setup.home().resolve("ballast");
            fill(ballast);

            // The audit's last page may still have room for a few lines.
            Awaitility.await("a login is refused")
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            door.ssh()
                                    .run("keyhole", "services")
                                    .stderr()
                                    .contains("AUDIT_UNAVAILABLE"));
            assertThat(door.ssh().run("keyhole", "services").exit()).isEqualTo(255);

            Files.delete(ballast);
            door.ssh().run("keyhole", "services").orFail();
            assertThat(door.audit().events()).isNotEmpty(); // every line of it is whole
        } finally {
            door.stop();
        }
    }

    @Test
    void whoIsInGoesOnAndNothingOfItIsLost() throws IOException {
        Door door = Door.up(setup);
        try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            assertThat(answers(tunnel)).isEqualTo(200);
            Path ballast = setup.home().resolve("ballast");
            fill(ballast);
            Awaitility.await("a login is refused")
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            door.ssh()
                                    .run("keyhole", "services")
                                    .stderr()
                                    .contains("AUDIT_UNAVAILABLE"));

            // Each is a forward of its own: far more lines than the audit's last page has room for.
            for (int i = 0; i < 20; i++) {
                assertThat(answers(tunnel)).isEqualTo(200);
            }
            assertThat(tunnel.isOpen()).isTrue();

            Files.delete(ballast);
            door.ssh().run("keyhole", "services").orFail();
            AuditTrail.Event alarm =
                    door.audit()
                            .await(0, "an alarm", event -> event.action().equals("audit-alarm"));
            assertThat(alarm.number("keyhole.kept")).isGreaterThanOrEqualTo(20);
            assertThat(alarm.number("keyhole.refused")).isPositive();
            assertThat(alarm.number("keyhole.lost")).isZero();
            assertThat(
                            door.audit().events().stream()
                                    .filter(event -> event.action().equals("forward-opened"))
                                    .count())
                    .isGreaterThanOrEqualTo(21);
            door.keyhole("audit", "verify").orFail();
        } finally {
            door.stop();
        }
    }

    private static int answers(Tunnel tunnel) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) tunnel.url("/api").toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setReadTimeout(30_000);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
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

package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The host key is what users recognise a door by: it stays, or nothing starts. */
@ExtendWith(NoLeaks.class)
final class HostKeyTest {
    private static String scanned(Door door) {
        return Ran.of(Duration.ofSeconds(20), "ssh-keyscan", "-p", "" + door.port(), "127.0.0.1")
                .orFail()
                .stdout();
    }

    private static Path keyFile(DoorSetup setup) {
        return setup.home().resolve("door/ssh_host_ed25519_key");
    }

    // E21
    @Test
    void theKeyStaysAcrossARestartAndADamagedOneStartsNothing() throws IOException {
        Door first = Door.up();
        DoorSetup setup = first.setup();
        String before = scanned(first);
        assertThat(before).contains("ssh-ed25519");
        first.stop();

        Door again = first.upAgain();
        assertThat(scanned(again)).isEqualTo(before);
        again.stop();

        Files.setPosixFilePermissions(keyFile(setup), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(setup, "chmod 600");

        Files.delete(keyFile(setup));
        assertRefused(setup, "Restore it from a backup");
        assertThat(Files.exists(keyFile(setup))).as("no new key was made").isFalse();
        again.close();
    }

    private static void assertRefused(DoorSetup setup, String nextMove) {
        Ran ran = Door.refused(setup);

        assertThat(ran.exit()).as(ran.toString()).isNotZero();
        assertThat(ran.stderr()).contains("host key").contains(nextMove);
    }

    // E21
    @Test
    void aFirstStartThatIsKilledLeavesNoKeyOrAWholeOne() throws IOException {
        DoorSetup setup = DoorSetup.usual();
        killAsSoonAs(setup, setup.home().resolve("door"));
        killAsSoonAs(setup, keyFile(setup));

        Door door = Door.up(setup);
        String key = scanned(door);
        assertThat(key).contains("ssh-ed25519");
        door.stop();
        Door again = door.upAgain();
        assertThat(scanned(again)).isEqualTo(key);
        again.close();
    }

    private static void killAsSoonAs(DoorSetup setup, Path there) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(setup.command());
        builder.environment().putAll(setup.environment());
        Process up =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Awaitility.await("a file of the first start")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Files.exists(there));
        up.descendants().forEach(ProcessHandle::destroyForcibly);
        up.destroyForcibly().onExit().join();
        Awaitility.await("all of it is gone").until(() -> Processes.of(setup.home()).isEmpty());
    }

    // E22
    @Test
    void aNextKeyIsLearnedByStockClientsBeforeTheDoorSwitchesToIt() throws IOException {
        Door door = Door.up();
        DoorSetup setup = door.setup();
        // Stock ssh learns keys only from a door that it knew before.
        assertThat(door.ssh().run("keyhole", "services").exit()).isZero();
        door.stop();
        Path active = keyFile(setup);
        Path next = active.resolveSibling("ssh_host_next_key");
        Ran.of(
                        Duration.ofSeconds(20),
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        next.toString())
                .orFail();
        for (Path file : List.of(next, next.resolveSibling("ssh_host_next_key.pub"))) {
            Ran.of(Duration.ofSeconds(5), "chown", "--reference=" + active, file.toString())
                    .orFail();
        }
        String nextLine = Files.readString(next.resolveSibling("ssh_host_next_key.pub"));
        Door with = door.upAgain();
        assertThat(scanned(with)).doesNotContain(nextLine.split(" ")[1]);
        Path known = with.ssh().knownHosts();
        try (Tunnel learns = with.ssh().with("-o", "UpdateHostKeys=yes").tunnelTo(9)) {
            Awaitility.await("the client has learned the next key: " + learns.output())
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> Files.readString(known).contains(nextLine.split(" ")[1]));
        }
        with.stop();

        Files.move(active, active.resolveSibling("ssh_host_old_key"));
        Files.move(next, active);
        Files.delete(active.resolveSibling("ssh_host_ed25519_key.pub"));
        Door switched = with.upAgain();
        assertThat(scanned(switched)).contains(nextLine.split(" ")[1]);
        Ran ran = switched.ssh().with("-o", "StrictHostKeyChecking=yes").run("keyhole", "services");
        assertThat(ran.exit()).as(ran.toString()).isZero();
        switched.close();
    }
}

package dev.keyhole.system.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A door whose host key cannot be trusted stays closed, and never makes another key behind its users' backs. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostKeyTest {
    private final Door door = Door.up();
    private final Path key = door.home().resolve("door/ssh_host_ed25519_key");
    private final Path aside = door.home().resolve("door/aside");

    @BeforeAll
    void openOnceSoThatThereIsAKey() {
        door.stop();
    }

    @BeforeEach
    void keepTheKey() throws IOException, InterruptedException {
        Ran.of(java.time.Duration.ofSeconds(10), "cp", "-p", key.toString(), aside.toString())
                .orFail();
    }

    @AfterEach
    void putTheKeyBack() throws IOException {
        Files.move(aside, key, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterAll
    void remove() {
        door.close();
    }

    @Test
    void aKeyThatTheGroupMayReadIsRefusedWithTheRemedy() throws IOException {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(refused()).contains("chmod 600 " + key);
    }

    @Test
    void aDamagedKeyIsRefusedAndLeftAsItIs() throws IOException {
        byte[] half = java.util.Arrays.copyOf(Files.readAllBytes(key), 120);
        Files.write(key, half);
        assertThat(refused()).contains(key.toString()).contains("backup");
        assertThat(key).hasBinaryContent(half);
    }

    @Test
    void aDeletedKeyIsNeverMadeAnew() throws IOException {
        Files.delete(key);
        assertThat(refused()).contains(key + " is gone").contains("backup");
        assertThat(key).doesNotExist();
    }

    @Test
    void theSameKeyPutBackOpensTheSameDoor() {
        Door again = door.upAgain();
        assertThat(again.hostKey()).isEqualTo(door.hostKey());
        again.stop();
    }

    private String refused() {
        Ran up = Starts.up(door.setup());
        assertThat(up.exit()).as(up.toString()).isEqualTo(1);
        assertThat(up.stderr()).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(up.stdout()).isEmpty();
        Starts.assertNothingRuns(door.home());
        assertThat(Ports.accepts(door.port())).isFalse();
        return up.stderr();
    }
}

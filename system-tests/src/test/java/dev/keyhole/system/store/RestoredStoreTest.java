package dev.keyhole.system.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The drill of docs/operations.md, from the backup to the login after the disaster. */
@ExtendWith(NoLeaks.class)
final class RestoredStoreTest {
    @Test
    void whoWasAddedLogsInAfterBackupDisasterAndRestore() throws IOException {
        try (Door door = Door.up()) {
            KeyFile bob = KeyFile.make(door.setup().place(), "bob");
            door.keyhole("principal", "add", "bob", "--key", bob.publicFile().toString()).orFail();
            Path backup = door.setup().place().resolve("people.backup");
            door.keyhole("backup", backup.toString()).orFail();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                    .isEqualTo("rw-------");
            refused(door.keyhole("backup", backup.toString()), "is there already");
            refused(door.keyhole("restore", backup.toString()), "A door is open");
            assertLogsIn(door, bob);
            door.stop();

            truncate(door);
            assertDoesNotStart(door, "is damaged");
            Files.delete(store(door));
            assertDoesNotStart(door, "is gone");

            refused(door.keyhole("restore", bob.publicFile().toString()), "is no whole store");
            door.keyhole("restore", backup.toString()).orFail();
            try (Door restored = door.upAgain()) {
                assertLogsIn(restored, bob);
                restored.keyhole("principal", "remove", "bob", "--yes").orFail();
                restored.stop();
                Path second = backup.resolveSibling("second.backup");
                restored.keyhole("backup", second.toString()).orFail();
                assertThat(second).exists();
            }
        }
    }

    /** R14: an older release finds what a newer one wrote. */
    @Test
    void aStoreOfALaterReleaseIsRefusedWithBothVersionsAndNotTouched() throws IOException {
        try (Door door = Door.up()) {
            door.stop();
            later(door);
            byte[] before = Files.readAllBytes(store(door));

            assertDoesNotStart(door, "was written by a later release");
            assertDoesNotStart(door, "it has schema 7, and this one knows up to ");
            assertThat(Files.readAllBytes(store(door))).isEqualTo(before);
        }
    }

    private static void assertLogsIn(Door door, KeyFile key) {
        Ran services = door.ssh().withKey(key).as("bob").run("keyhole", "services");
        assertThat(services.orFail().stdout()).contains("jupyter");
    }

    private static void assertDoesNotStart(Door door, String why) {
        Ran up = Door.refused(door.setup());
        refused(up, why);
        assertThat(up.stderr()).contains(store(door).toString()).contains("keyhole restore FILE");
    }

    private static void refused(Ran ran, String why) {
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(1);
        assertThat(ran.stderr())
                .contains(why)
                .doesNotContain("Exception")
                .doesNotContain("keyhole: keyhole:");
    }

    private static Path store(Door door) {
        return door.home().resolve("door/keyhole.db");
    }

    private static void truncate(Door door) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(store(door).toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
    }

    private static void later(Door door) {
        Ran.of(
                        Duration.ofSeconds(20),
                        "/usr/bin/python3",
                        "-c",
                        """
                        import sqlite3, sys
                        store = sqlite3.connect(sys.argv[1])
                        store.execute("INSERT INTO flyway_schema_history SELECT installed_rank + 1, '7', 'later', type,"
                                      " 'V7__later.sql', 1, installed_by, installed_on, 1, 1 FROM flyway_schema_history"
                                      " ORDER BY installed_rank DESC LIMIT 1")
                        store.commit()
                        """,
                        store(door).toString())
                .orFail();
    }
}

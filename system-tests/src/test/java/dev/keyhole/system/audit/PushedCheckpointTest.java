package dev.keyhole.system.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checkpoints that the door pushes by itself show what its own files do not. */
@ExtendWith(NoLeaks.class)
final class PushedCheckpointTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aCutTailAndARebuiltChainShowAgainstThePushedFileAndAgainstWhatTheCommandGot()
            throws Exception {
        Path elsewhere = Places.fresh("elsewhere");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (ServedDoor door = ServedDoor.of(config(elsewhere), "ada")) {
            Path notes = elsewhere.resolve("notes");
            Path newest = elsewhere.resolve("newest");
            for (int i = 0; i < 2; i++) {
                door.ssh("ada").run("keyhole", "services").orFail();
                String note = door.keyhole("audit", "checkpoint").orFail().stdout();
                Awaitility.await("it is in the file")
                        .atMost(PATIENCE)
                        .until(() -> text(notes).contains(note.strip()));
                Awaitility.await("the command got it")
                        .atMost(PATIENCE)
                        .until(() -> text(newest).strip().equals(note.strip()));
            }
            Path copy = elsewhere.resolve("copy");
            for (Path checkpoint : List.of(notes, newest)) {
                copied(door, copy);
                assertThat(verify(copy, checkpoint).exit()).isZero();

                cut(copy);
                assertThat(verify(copy).exit()).as("by itself").isZero();
                Ran cut = verify(copy, checkpoint);
                assertThat(cut.exit()).isEqualTo(7);
                assertThat(cut.all()).contains("AUDIT_BROKEN", "its end was cut off");

                copied(door, copy);
                rebuild(copy);
                assertThat(verify(copy).exit()).as("by itself").isZero();
                Ran rebuilt = verify(copy, checkpoint);
                assertThat(rebuilt.exit()).isEqualTo(7);
                assertThat(rebuilt.all())
                        .contains("AUDIT_BROKEN", "is not the one that was signed");
            }
        } finally {
            Places.remove(elsewhere);
        }
    }

    @Test
    void aCommandThatFailsIsReportedOnceAndItsEndToo() throws Exception {
        Path elsewhere = Places.fresh("elsewhere");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (ServedDoor door = ServedDoor.of(config(elsewhere), "ada")) {
            Path full = Files.createDirectory(elsewhere.resolve("newest.next")); // in its way
            door.ssh("ada").run("keyhole", "services").orFail();
            door.keyhole("audit", "checkpoint").orFail();
            var said =
                    door.audit()
                            .await(
                                    0,
                                    "the trouble",
                                    event -> event.action().equals("checkpoint-not-pushed"));
            assertThat(said.text("message")).contains("it ended with status");
            assertThat(door.keyhole("health").stdout()).contains("CHECKPOINT_NOT_PUSHED");
            Files.delete(full);
            Awaitility.await("its end")
                    .atMost(PATIENCE)
                    .until(() ->
                            door.audit().events().stream()
                                    .anyMatch(event ->
                                            event.action().equals("checkpoint-pushed-again")));
            assertThat(door.audit().events())
                    .filteredOn(event -> event.action().equals("checkpoint-not-pushed"))
                    .hasSize(1);
        } finally {
            Places.remove(elsewhere);
        }
    }

    @Test
    void aConfigThatCannotWorkIsRefusedWithAllThatIsWrong() throws Exception {
        Path place = Places.fresh("config");
        try {
            Path file = place.resolve("keyhole.yaml");
            Files.writeString(
                    file,
                    """
                    audit:
                      syslog: tls://logs.example:6514
                      syslog-ca: /nonexistent/ca.pem
                      checkpoint-file: /nonexistent/notes
                      checkpoint-command: [/nonexistent/send]
                    """);
            Ran check = Ran.of(PATIENCE, Places.command() + "", "config", "check", file + "");
            assertThat(check.exit()).isNotZero();
            assertThat(check.all())
                    .contains(":3: `audit.syslog-ca`", ":4: `audit.checkpoint-file`")
                    .contains(":5: `audit.checkpoint-command`");
        } finally {
            Places.remove(place);
        }
    }

    /** The command is a script that needs nothing of its surroundings. */
    private static String config(Path elsewhere) throws IOException {
        Path script = elsewhere.resolve("keep");
        Files.writeString(
                script,
                """
                #!/bin/sh
                set -e
                cat > "$1.next"
                mv "$1.next" "$1"
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return """
        audit:
          checkpoint-file: %1$s/notes
          checkpoint-command: [%1$s/keep, %1$s/newest]
        """
                .formatted(elsewhere);
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** The audit of the door as another home, so that it can be damaged. */
    private static void copied(ServedDoor door, Path copy) throws IOException {
        Places.remove(copy);
        Files.createDirectories(copy.resolve("audit"));
        for (String name : List.of("audit.jsonl", "audit.vkey", "checkpoints")) {
            Files.copy(door.home().resolve("audit").resolve(name), copy.resolve("audit/" + name));
        }
    }

    /** The last events go, and with them the door's own notes. */
    private static void cut(Path copy) throws IOException {
        Path file = copy.resolve("audit/audit.jsonl");
        Files.write(file, Files.readAllLines(file).subList(0, 3));
        Files.delete(copy.resolve("audit/checkpoints"));
    }

    /** What succeeded has failed, and each line is tied to the one before as it must be. */
    private static void rebuild(Path copy) throws Exception {
        Path file = copy.resolve("audit/audit.jsonl");
        List<String> lines = new ArrayList<>();
        String previous = "";
        for (String line : Files.readAllLines(file)) {
            String other = line.replace("\"success\"", "\"failure\"");
            if (!previous.isEmpty()) {
                other =
                        other.replaceFirst(
                                "\"keyhole.previous\":\"[0-9a-f]{64}\"",
                                "\"keyhole.previous\":\"" + previous + "\"");
            }
            lines.add(other);
            previous =
                    HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256")
                                            .digest(other.getBytes(UTF_8)));
        }
        Files.write(file, lines);
        Files.delete(copy.resolve("audit/checkpoints"));
    }

    private static Ran verify(Path home) {
        return Ran.of(
                PATIENCE, Places.command() + "", "audit", "verify", "--home", home.toString());
    }

    private static Ran verify(Path home, Path checkpoint) {
        return Ran.of(
                PATIENCE,
                Places.command() + "",
                "audit",
                "verify",
                "--home",
                home.toString(),
                "--checkpoint",
                checkpoint.toString());
    }
}

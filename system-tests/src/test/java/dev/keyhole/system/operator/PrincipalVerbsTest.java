package dev.keyhole.system.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may log in changes while the door runs. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PrincipalVerbsTest {
    private Door door;
    private Desk desk;

    @BeforeAll
    void up() {
        assumeTrue(OtherUser.weAreRoot(), "only root gives principals OS users of their own");
        door = Door.up();
        desk = new Desk(door);
    }

    @AfterAll
    void down() {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void somebodyNewHasANotebookUnderAnOsUserOfItsOwnUntilRemoved() {
        KeyFile key = desk.key("opal");
        Ran added =
                desk.run(
                        "principal",
                        "add",
                        "opal",
                        "--key",
                        key.publicFile().toString(),
                        "--limit",
                        "sessions=3",
                        "--expires",
                        "30d");
        assertThat(added.orFail().stdout())
                .contains("opal is added with one key")
                .contains("several principals");
        assertThat(added.stderr()).as("progress").contains("opal");

        Ran started = door.ssh().withKey(key).as("opal").run("keyhole", "start").orFail();
        assertThat(started.stdout()).contains("ready");
        assertThat(Ran.of(Duration.ofSeconds(10), "id", "keyhole-opal").exit()).isZero();
        assertThat(door.ssh().as("somebody").run("keyhole", "status").exit())
                .as("with several principals the login name counts")
                .isEqualTo(255);
        door.ssh().as("keyhole").run("keyhole", "status").orFail();

        JsonObject shown = desk.json("principal", "show", "opal");
        assertThat(shown.getAsJsonObject("principal").getAsJsonObject("limits").get("sessions"))
                .hasToString("\"3\"");
        assertThat(shown.getAsJsonArray("keys")).hasSize(1);

        desk.refused(2, "--yes", "principal", "remove", "opal");
        desk.run("principal", "remove", "opal", "--yes").orFail();
        assertThat(door.ssh().withKey(key).as("opal").run("keyhole", "status").stderr())
                .contains("Permission denied");
        assertThat(Ran.of(Duration.ofSeconds(10), "id", "keyhole-opal").exit())
                .as("its OS user is gone")
                .isNotZero();
        desk.refused(3, "no principal opal", "principal", "show", "opal");
    }

    @Test
    void theHomeIsNamedBeforeTheVerbOrAfterIt() {
        assertThat(desk.run("principal", "list").orFail().stdout()).contains("ada");
        assertThat(door.keyhole("principal", "list").orFail().stdout()).contains("ada");
        Ran twice = desk.run("principal", "list", "--home", "/elsewhere");
        assertThat(twice.exit()).as(twice.toString()).isEqualTo(2);
        assertThat(twice.stderr()).contains("--home is given twice");
    }

    @Test
    void aLockAnUnlockAndASettingAreSeenAtOnce() {
        desk.refused(2, "--reason", "principal", "lock", "ada");
        desk.run("principal", "lock", "ada", "--reason", "left the project").orFail();
        JsonObject locked = desk.json("principal", "show", "ada").getAsJsonObject("principal");
        assertThat(locked.get("state").getAsString()).isEqualTo("locked");
        assertThat(locked.getAsJsonObject("lock").get("reason").getAsString())
                .isEqualTo("left the project");
        desk.run("principal", "unlock", "ada").orFail();
        desk.refused(3, "not locked", "principal", "unlock", "ada");

        desk.run("principal", "set", "ada", "--limit", "memory=8GiB", "--role", "admin").orFail();
        assertThat(desk.run("principal", "list").stdout())
                .containsPattern("ada +admin +active +1 .*memory=8GiB");
        desk.run("principal", "set", "ada", "--limit", "memory=default", "--role", "member")
                .orFail();
        desk.refused(2, "Nothing would change", "principal", "set", "ada");
        desk.refused(3, "stands in the config", "principal", "remove", "ada", "--yes");
    }

    @Test
    void keysComeAndGoWithTheirLimits() {
        KeyFile key = desk.key("second");
        String file = key.publicFile().toString();
        desk.run("key", "add", "ada", "--from", "203.0.113.0/24", file).orFail();
        assertThat(door.ssh().withKey(key).run("keyhole", "status").stderr())
                .as("not from there")
                .contains("Permission denied");
        desk.refused(3, "already", "key", "add", "ada", file);
        JsonObject second =
                desk.json("key", "list", "ada").getAsJsonArray("keys").asList().stream()
                        .map(one -> one.getAsJsonObject())
                        .filter(one -> one.get("comment").getAsString().equals("second"))
                        .findFirst()
                        .orElseThrow();
        assertThat(second.get("options").getAsString()).isEqualTo("from=\"203.0.113.0/24\"");
        desk.run("key", "remove", second.get("fingerprint").getAsString()).orFail();
        assertThat(desk.run("key", "list").stdout()).doesNotContain("second");

        desk.run(
                        "key",
                        "add",
                        "ada",
                        "--comment",
                        "the lab",
                        "--services",
                        "jupyter",
                        "--expires",
                        "2099-01-01",
                        file)
                .orFail();
        door.ssh().withKey(key).run("keyhole", "status").orFail();
        desk.run("key", "remove", "--comment", "the lab").orFail();
        assertThat(door.ssh().withKey(key).run("keyhole", "status").exit()).isEqualTo(255);
        desk.refused(3, "no key with the comment", "key", "remove", "--comment", "the lab");
        desk.refused(2, "fingerprint", "key", "remove");
        desk.refused(2, "does not exist", "key", "add", "ada", "/nowhere.pub");
        desk.refused(
                2, "there is no service 'nope'", "key", "add", "ada", "--services", "nope", file);
    }

    @Test
    void everyMistakeIsToldAtOnceAndNothingIsMade() {
        KeyFile weak = desk.key("weak", "rsa", "-b", "2048");
        Ran ran =
                desk.run(
                        "principal",
                        "add",
                        "../evil",
                        "--key",
                        weak.publicFile().toString(),
                        "--role",
                        "boss",
                        "--expires",
                        "2001-01-01",
                        "--limit",
                        "memory=much");
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(2);
        assertThat(ran.stderr())
                .contains("INPUT_INVALID", "NAME: ", "--role: ", "--expires: ", "--limit: ")
                .contains("weak.pub:1: ")
                .contains("2048");
        desk.refused(
                3,
                "KEY_UNUSABLE",
                "principal",
                "add",
                "otto",
                "--key",
                weak.publicFile().toString());
        desk.refused(
                3,
                "belongs to ada",
                "principal",
                "add",
                "otto",
                "--key",
                door.setup().keys().getFirst().publicFile().toString());
        desk.refused(2, "INPUT_INVALID", "principal", "add", "x".repeat(255));
        desk.refused(2, "INPUT_INVALID", "principal", "add", "two words");
        desk.refused(2, "INPUT_INVALID", "principal", "add", "bell\u0007");
        desk.refused(3, "already", "principal", "add", "ada");
        assertThat(desk.json("principal", "list").getAsJsonArray("principals")).hasSize(1);
        assertThat(Ran.of(Duration.ofSeconds(10), "id", "keyhole-otto").exit()).isNotZero();
    }

    @Test
    void onlyRootMayChooseAnExistingOsUserAndNeverASystemsOne() {
        desk.refused(3, "is the system's", "principal", "add", "otto", "--os-user", "root");
        desk.refused(3, "otto", "principal", "show", "otto");
    }

    @Test
    void aClassIsImportedAllOrNothingAndTheSameFileTwiceChangesNothing() throws IOException {
        Path csv = door.setup().place().resolve("class.csv");
        StringBuilder rows = new StringBuilder("name,key,role,expiry,memory\n");
        for (int i = 0; i < 199; i++) {
            rows.append("pupil" + i + ",,member,2099-01-01,2GiB\n");
        }
        Files.writeString(csv, rows + "pupil 200,,member,2099-01-01,2GiB\n");
        Ran refused = desk.run("principal", "import", csv.toString());
        assertThat(refused.exit()).as(refused.toString()).isEqualTo(2);
        assertThat(refused.stderr()).contains("class.csv:201: 'pupil 200' is no name");
        assertThat(desk.json("principal", "list").getAsJsonArray("principals")).hasSize(1);

        KeyFile key = desk.key("pupil0");
        Files.writeString(csv, "name,key,pids\npupil0,\"" + key.line() + "\",200\npupil1,,\n");
        assertThat(desk.run("principal", "import", "--dry-run", csv.toString()).orFail().stdout())
                .contains("2 added, 0 changed, 0 unchanged")
                .contains("nothing was changed");
        assertThat(desk.json("principal", "list").getAsJsonArray("principals")).hasSize(1);
        desk.run("principal", "import", csv.toString()).orFail();
        JsonObject again = desk.json("principal", "import", csv.toString());
        assertThat(again.get("unchanged").getAsInt()).isEqualTo(2);
        door.ssh().withKey(key).as("pupil0").run("keyhole", "status").orFail();
        for (String name : List.of("pupil0", "pupil1")) {
            desk.run("principal", "remove", name, "--yes").orFail();
        }
    }

    @Test
    void anAuthorizedKeysFileIsAdoptedWithItsOptionsOrRefusedByName() throws IOException {
        KeyFile key = desk.key("adopted");
        Path file = door.setup().place().resolve("authorized_keys");
        Files.writeString(file, "command=\"id\" " + key.line() + "\n");
        desk.refused(
                3,
                "its option command is not enforced here",
                "principal",
                "import",
                "--authorized-keys",
                file.toString(),
                "--as",
                "ada");
        Files.writeString(file, "# mine\nfrom=\"127.0.0.0/8\" " + key.line() + "\n");
        desk.run("principal", "import", "--authorized-keys", file.toString(), "--as", "ada")
                .orFail();
        door.ssh().withKey(key).run("keyhole", "status").orFail();
        desk.run("key", "remove", "--comment", "adopted").orFail();
    }

    @Test
    void whoDidWhatToWhomIsInTheAudit() {
        int mark = door.audit().size();
        desk.run("principal", "set", "ada", "--shell").orFail();
        desk.run("principal", "set", "ada", "--no-shell").orFail();
        var event = door.audit().await(mark, "set", e -> e.action().equals("operator-acted"));
        assertThat(event.text("keyhole.verb")).isEqualTo("principal set");
        assertThat(event.text("user.name")).isEqualTo("ada");
        assertThat(event.text("keyhole.operator.login")).isEqualTo("root");
        assertThat(event.number("keyhole.operator.uid")).isZero();
    }
}

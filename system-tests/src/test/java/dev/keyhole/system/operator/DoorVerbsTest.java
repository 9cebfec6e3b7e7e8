package dev.keyhole.system.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions, workspaces, authorities and shared services of a running door. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorVerbsTest {
    private final Door door = Door.up();
    private final Desk desk = new Desk(door);

    @BeforeAll
    void start() {
        desk.run("workspace", "start", "ada").orFail();
    }

    @AfterAll
    void down() {
        door.close();
    }

    @Test
    void aSessionIsListedShownAndClosedWithAReasonThatItsPersonReads() {
        try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            JsonObject session =
                    Awaitility.await("the session is listed")
                            .until(
                                    () -> desk.json("session", "list").getAsJsonArray("sessions"),
                                    list -> !list.isEmpty())
                            .get(0)
                            .getAsJsonObject();
            assertThat(session.get("principal").getAsString()).isEqualTo("ada");
            assertThat(session.get("source").getAsString()).isEqualTo("127.0.0.1");
            assertThat(session.get("client").getAsString()).startsWith("SSH-2.0-OpenSSH");
            assertThat(session.get("key").getAsString()).startsWith("SHA256:");
            String id = session.get("id").getAsString();
            assertThat(desk.run("session", "list").stdout()).contains(id, "ada", "127.0.0.1");
            assertThat(desk.run("session", "show", id).orFail().stdout())
                    .contains("principal   ada")
                    .contains("bytes");
            desk.refused(2, "--reason", "session", "close", id, "--reason", "a\u001b[2Jb");
            desk.run("session", "close", id, "--reason", "the room is closed").orFail();
            Awaitility.await("the tunnel has ended").until(() -> !tunnel.isOpen());
            assertThat(tunnel.output()).contains("SESSION_CLOSED", "the room is closed");
            desk.refused(3, "no open session", "session", "show", id);
            desk.refused(3, "no open session", "session", "close", id);
        }
    }

    @Test
    void aWorkspaceIsListedStoppedStartedAndRestarted() {
        assertThat(desk.run("workspace", "restart", "ada").orFail().stdout()).contains("ready");
        assertThat(desk.run("workspace", "list").stdout())
                .containsPattern("ada +0 +jupyter ready, tensorboard stopped");
        desk.run("workspace", "stop", "ada").orFail();
        JsonObject stopped =
                desk.json("workspace", "list")
                        .getAsJsonArray("workspaces")
                        .get(0)
                        .getAsJsonObject();
        assertThat(stopped.getAsJsonArray("services").get(0).getAsJsonObject().get("state"))
                .hasToString("\"stopped\"");
        desk.run("workspace", "start", "ada").orFail();
        desk.refused(3, "no principal nobody", "workspace", "start", "nobody");
    }

    @Test
    void whatANotebookWritesIsShownFollowedAndAudited() throws IOException {
        int mark = door.audit().size();
        assertThat(desk.run("workspace", "logs", "ada", "-n", "5").orFail().stdout().lines())
                .hasSizeBetween(1, 5);
        assertThat(desk.json("workspace", "logs", "ada").getAsJsonArray("lines")).isNotEmpty();
        door.audit()
                .await(
                        mark,
                        "the look",
                        event ->
                                event.text("keyhole.verb").equals("workspace logs")
                                        && event.text("user.name").equals("ada"));
        desk.refused(3, "no such service", "workspace", "logs", "ada", "nope");
        desk.refused(2, "-n", "workspace", "logs", "ada", "-n", "0");

        Path out = door.setup().place().resolve("follow.out");
        Process follow =
                new ProcessBuilder(
                                Places.command().toString(),
                                "--home",
                                door.home().toString(),
                                "workspace",
                                "logs",
                                "ada",
                                "-n",
                                "1",
                                "--follow")
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectErrorStream(true)
                        .start();
        try {
            Awaitility.await("the last line").until(() -> !Files.readString(out).isEmpty());
            long before = Files.size(out);
            desk.run("workspace", "restart", "ada").orFail();
            Awaitility.await("what came later")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> Files.size(out) > before);
        } finally {
            follow.destroy();
            Awaitility.await("it ends").until(() -> !follow.isAlive());
        }
    }

    @Test
    void anAuthorityIsEnrolledRevokesAndGoes() {
        KeyFile authority = desk.key("campus-ca");
        String file = authority.publicFile().toString();
        assertThat(desk.run("ca", "add", "campus", file).orFail().stdout()).contains("SHA256:");
        desk.refused(3, "already", "ca", "add", "campus", file);
        desk.run("ca", "revoke", "campus", "--serial", "7", "--reason", "lost").orFail();
        desk.run("ca", "revoke", "campus", "--key-id", "ada@lab", "--reason", "lost").orFail();
        desk.refused(2, "serial", "ca", "revoke", "campus", "--serial", "x", "--reason", "lost");
        desk.refused(2, "--serial", "ca", "revoke", "campus", "--reason", "lost");
        JsonObject listed =
                desk.json("ca", "list").getAsJsonArray("authorities").get(0).getAsJsonObject();
        assertThat(listed.getAsJsonArray("revoked")).hasSize(2);
        assertThat(desk.run("ca", "list").stdout()).contains("campus", "ada@lab");
        desk.refused(2, "--yes", "ca", "remove", "campus");
        desk.run("ca", "remove", "campus", "--yes").orFail();
        desk.refused(3, "no certificate authority", "ca", "remove", "campus", "--yes");
    }

    @Test
    void aSharedServiceIsPinnedGrantedAndWithdrawn() {
        assertThat(
                        desk.run("service", "add", "postgres", "--address", "localhost:5432")
                                .orFail()
                                .stdout())
                .contains("postgres is 127.0.0.1:5432");
        desk.run("service", "grant", "postgres", "ada").orFail();
        assertThat(desk.run("service", "list").stdout())
                .containsPattern("postgres +127.0.0.1:5432 +localhost:5432 +ada");
        desk.refused(3, "already", "service", "grant", "postgres", "ada");
        desk.run("service", "withdraw", "postgres", "ada").orFail();
        desk.refused(3, "no principal eve", "service", "grant", "postgres", "eve");
        desk.refused(3, "no shared service", "service", "grant", "mysql", "ada");
        desk.run("service", "remove", "postgres", "--yes").orFail();
        assertThat(desk.json("service", "list").getAsJsonArray("services")).isEmpty();

        String own = "127.0.0.1:" + door.port();
        desk.refused(3, "ADDRESS_REFUSED", "service", "add", "self", "--address", own);
        for (String never : new String[] {"169.254.169.254:80", "0.0.0.0:80", "224.0.0.1:80"}) {
            desk.refused(3, "ADDRESS_REFUSED", "service", "add", "bad", "--address", never);
        }
        desk.refused(2, "every workspace", "service", "add", "jupyter", "--address", "10.0.0.5:1");
        desk.refused(2, "--address", "service", "add", "bad", "--address", "10.0.0.5");
    }

    @Test
    void aMistypedVerbIsAnsweredByTheNearestOne() {
        desk.refused(2, "Did you mean list?", "session", "lst");
        desk.refused(2, "Which verb?", "workspace");
        desk.refused(2, "means nothing for 'keyhole print systemd'", "print", "systemd");
    }

    @Test
    void somebodyElseIsTurnedAwayByTheDirectoryAndByTheKernelsWord() throws IOException {
        assumeTrue(OtherUser.weAreRoot(), "only root can become somebody else");
        Ran closed = desk.runAs(OtherUser.NOBODY, "principal", "list");
        assertThat(closed.exit()).as(closed.toString()).isEqualTo(3);
        assertThat(closed.stderr()).contains("OPERATOR_ONLY").contains("sudo");

        Path socket = Path.of(Files.readString(door.home().resolve("run/control")).strip());
        assertThat(Files.getPosixFilePermissions(socket)).hasSize(2);
        Path directory = Objects.requireNonNull(socket.getParent());
        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
        Ran.of(Duration.ofSeconds(10), "chmod", "0711", directory.toString()).orFail();
        Ran.of(Duration.ofSeconds(10), "chmod", "0666", socket.toString()).orFail();
        try {
            int mark = door.audit().size();
            Ran open = desk.runAs(OtherUser.NOBODY, "principal", "list");
            assertThat(open.exit()).as(open.toString()).isEqualTo(3);
            assertThat(open.stderr()).contains("OPERATOR_ONLY");
            assertThat(open.stdout()).doesNotContain("ada");
            door.audit()
                    .await(
                            mark,
                            "the stranger",
                            event ->
                                    event.action().equals("control-refused")
                                            && event.text("keyhole.operator.login")
                                                    .equals("nobody"));
        } finally {
            Ran.of(Duration.ofSeconds(10), "chmod", "0600", socket.toString()).orFail();
            Ran.of(Duration.ofSeconds(10), "chmod", "0700", directory.toString()).orFail();
        }
    }
}

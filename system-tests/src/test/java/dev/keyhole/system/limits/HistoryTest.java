package dev.keyhole.system.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a member sees of itself, and of what an operator does to it. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HistoryTest {
    private final ServedDoor door = ServedDoor.of("limits: {sessions: 7, forwards: 9}", "ada");

    @AfterAll
    void close() {
        door.close();
    }

    @Test
    void meShowsKeysLimitsAndSessionsWithExactBytes() throws IOException {
        door.ssh("ada").run("keyhole", "start").orFail();
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888);
                Socket open = new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort())) {
            byte[] request =
                    "GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII);
            open.getOutputStream().write(request);
            int answer = readAnswer(open.getInputStream());

            Awaitility.await("only the one forward is open")
                    .untilAsserted(() ->
                            assertThat(other(me()).getAsJsonArray("forwards").toString())
                                    .isEqualTo("[\"jupyter\"]"));
            JsonObject me = me();
            assertThat(me.get("principal").getAsString()).isEqualTo("ada");
            assertThat(me.get("role").getAsString()).isEqualTo("member");
            JsonObject key = me.getAsJsonArray("keys").get(0).getAsJsonObject();
            assertThat(key.get("comment").getAsString()).isEqualTo("ada");
            assertThat(key.get("thisSession").getAsBoolean()).isTrue();
            JsonObject limits = me.getAsJsonObject("limits");
            assertThat(limits.getAsJsonObject("sessions").toString())
                    .isEqualTo("{\"used\":2,\"most\":7}");
            assertThat(limits.getAsJsonObject("forwards").toString())
                    .isEqualTo("{\"used\":1,\"most\":9}");
            assertThat(limits.getAsJsonObject("workspaces").toString())
                    .isEqualTo("{\"used\":1,\"most\":1}");
            assertThat(other(me).get("bytesIn").getAsLong()).isEqualTo(request.length);
            assertThat(other(me).get("bytesOut").getAsLong()).isEqualTo(answer);
        }
        assertThat(door.ssh("ada").run("keyhole", "me").orFail().stdout())
                .contains("principal   ada (member, without shell)")
                .contains("from anywhere")
                .contains("of 7")
                .containsOnlyOnce("session     c-")
                .contains("bytes in");
    }

    @Test
    void theLogShowsWhatAnOperatorDidToIt() {
        operator("principal", "set", "ada", "--limit", "forwards=5");
        operator("principal", "lock", "ada", "--reason", "exam");
        Ran locked = door.ssh("ada").run("keyhole", "help");
        operator("principal", "unlock", "ada");
        operator("workspace", "start", "ada");
        operator("workspace", "logs", "ada");
        operator("workspace", "restart", "ada");
        operator("workspace", "stop", "ada");

        List<String> log =
                door.ssh("ada")
                        .run("keyhole", "log", "-n", "60")
                        .orFail()
                        .stdout()
                        .lines()
                        .toList();
        for (String act :
                List.of(
                        "principal set",
                        "principal lock",
                        "principal unlock",
                        "workspace start",
                        "workspace logs",
                        "workspace restart",
                        "workspace stop")) {
            assertThat(log)
                    .anyMatch(line -> line.contains("by the operator") && line.contains(act));
        }
        assertThat(log)
                .anyMatch(line -> line.contains("stopped") && line.contains("by the operator"));
        if (locked.exit() != 0) {
            assertThat(log).anyMatch(line -> line.contains("login-refused"));
        }
        String json = door.ssh("ada").run("keyhole", "log", "-n", "7", "--json").orFail().stdout();
        assertThat(JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("events").size())
                .isEqualTo(7);
    }

    @Test
    void aLimitThatAnOperatorChangesHoldsAtOnce() {
        try (HeldSession one = HeldSession.of(door, "ada")) {
            operator("principal", "set", "ada", "--limit", "sessions=1");
            Ran refused = door.ssh("ada").run("keyhole", "help");
            assertThat(refused.stderr()).contains("SESSION_LIMIT: 1 of 1 sessions", one.id());
            operator("principal", "set", "ada", "--limit", "sessions=2");
            door.ssh("ada").run("keyhole", "help").orFail();
        } finally {
            operator("principal", "set", "ada", "--limit", "sessions=default");
        }
    }

    @Test
    void whoMayHaveNoWorkspaceIsTold() {
        operator("workspace", "stop", "ada");
        operator("principal", "set", "ada", "--limit", "workspaces=0");
        try {
            Ran start = door.ssh("ada").run("keyhole", "start");
            assertThat(start.exit()).isEqualTo(3);
            assertThat(start.stdout()).contains("WORKSPACE_LIMIT: ada may run 0 workspaces");
        } finally {
            operator("principal", "set", "ada", "--limit", "workspaces=default");
        }
        door.ssh("ada").run("keyhole", "start").orFail();
    }

    private void operator(String... words) {
        door.keyhole(words).orFail();
    }

    private JsonObject me() {
        String json = door.ssh("ada").run("keyhole", "me", "--json").orFail().stdout();
        return JsonParser.parseString(json).getAsJsonObject();
    }

    /** The session that does not ask. */
    private static JsonObject other(JsonObject me) {
        return me.getAsJsonArray("sessions").asList().stream()
                .map(session -> session.getAsJsonObject())
                .filter(session -> !session.get("thisSession").getAsBoolean())
                .findFirst()
                .orElseThrow();
    }

    /** How many bytes the answer has; its length is in its header. */
    private static int readAnswer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readNBytes(1)[0]);
        }
        int body =
                Integer.parseInt(
                        head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        return head.length() + in.readNBytes(body).length;
    }
}

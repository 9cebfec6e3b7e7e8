package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.Ran;
import dev.keyhole.system.SharedDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a forward may not lead, however its destination is spelled. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class ForwardingTest {
    private static final long NOBODY = 65534;

    /** The spellings that mean "my workspace"; of them only the listener's owner decides. */
    private static final List<String> MINE = List.of("localhost", "127.0.0.1", "::1");

    private static final List<String> OTHERS =
            List.of(
                    "LOCALHOST",
                    "localhost.",
                    "",
                    "0",
                    "0.0.0.0",
                    "::",
                    "[::1]",
                    "::1%lo",
                    "0:0:0:0:0:0:0:1",
                    "127.1",
                    "127.0.0.2",
                    "2130706433",
                    "0x7f000001",
                    "0177.0.0.1",
                    "::ffff:127.0.0.1",
                    "169.254.169.254",
                    "2852039166",
                    "::ffff:169.254.169.254",
                    "fd00:ec2::254",
                    "64:ff9b::a9fe:a9fe",
                    "100.100.100.200",
                    "metadata.google.internal",
                    "172.17.0.1",
                    "10.96.0.1",
                    "node",
                    "/var/run/docker.sock",
                    "jupyter.",
                    "Jupyter",
                    "bob",
                    "jupyter.bob");

    @BeforeAll
    static void theWorkspaceRuns(Door door) {
        door.ssh().run("keyhole", "start");
    }

    private static Map<String, String> answers(Door door, List<String> destinations) {
        JsonObject verdict = Python.attack(door, "session.py", words("forwards", destinations));
        return verdict.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                one -> {
                                    JsonObject answer = one.getValue().getAsJsonObject();
                                    return answer.get("answer").getAsString()
                                            + " "
                                            + answer.get("text").getAsString().split(":")[0];
                                }));
    }

    private static String[] words(String attack, List<String> destinations) {
        List<String> words = new ArrayList<>(List.of(attack));
        words.addAll(destinations);
        return words.toArray(String[]::new);
    }

    private static List<AuditTrail.Event> refusals(Door door, int mark) {
        return door.audit().since(mark).stream()
                .filter(event -> event.action().equals("forward-refused"))
                .toList();
    }

    // F2
    @Test
    void noSpellingOfAnAddressReachesAnotherUsersServer(Door door) {
        assumeTrue(isRoot(), "needs a second OS user, so root");
        try (Listener somebodyElses = Listener.of(NOBODY)) {
            List<String> destinations = new ArrayList<>();
            for (int port : new int[] {22, door.port(), somebodyElses.port(), 443, 10250}) {
                MINE.forEach(host -> destinations.add(host + "=" + port));
                OTHERS.forEach(host -> destinations.add(host + "=" + port));
            }
            int mark = door.audit().size();

            Map<String, String> answers = answers(door, destinations);

            assertThat(answers).hasSameSizeAs(destinations);
            assertThat(answers)
                    .allSatisfy((destination, answer) -> {
                        boolean mine =
                                MINE.contains(
                                        destination.substring(0, destination.lastIndexOf('=')));
                        assertThat(answer)
                                .as(destination)
                                .isEqualTo(
                                        "prohibited "
                                                + (mine ? "NOT_YOUR_LISTENER" : "SERVICE_UNKNOWN"));
                    });
            assertThat(refusals(door, mark)).hasSameSizeAs(destinations);
            assertThat(somebodyElses.visitors()).isEmpty();
        }
    }

    // F2
    @Test
    void stockSshIsToldWhy(Door door) {
        Ran ran = door.ssh().with("-W", "169.254.169.254:80").run();

        assertThat(ran.exit()).isEqualTo(255);
        assertThat(ran.stderr()).contains("administratively prohibited: SERVICE_UNKNOWN: ");
        assertThat(ran.stdout()).isEmpty();
    }

    // F2, the other side: the same listener, owned by the workspace's own user, is reached.
    @Test
    void anOwnServerOnLoopbackIsReached(Door door) {
        door.ssh().run("keyhole", "start").orFail();
        try (Listener own = Listener.ofThePrincipal(door)) {
            assertThat(answers(door, List.of("localhost=" + own.port()))).containsValue("open ");
            assertThat(own.visitors()).hasSize(1);
        } finally {
            door.ssh().run("keyhole", "stop").orFail();
        }
    }

    // F3
    @Test
    void noDestinationIsLookedUp(Door door) throws IOException {
        Path trace = Files.createTempFile("keyhole-strace", ".log");
        Process strace =
                new ProcessBuilder(
                                "strace",
                                "-f",
                                "-qq",
                                "-e",
                                "trace=connect,sendto,sendmmsg,sendmsg,openat",
                                "-o",
                                trace.toString(),
                                "-p",
                                "" + door.doorPid())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            org.awaitility.Awaitility.await("strace sees the door's forwards")
                    .atMost(java.time.Duration.ofSeconds(20))
                    .until(() -> {
                        answers(door, List.of("jupyter=8888"));
                        return Files.readString(trace).contains("AF_UNIX");
                    });

            answers(
                    door,
                    List.of(
                            "metadata.google.internal=80",
                            "rebind.example.com=8888",
                            "localhost.=8888",
                            "ip6-localhost=8888",
                            "node=10250"));

            assertThat(Files.readString(trace))
                    .doesNotContain("htons(53)", "resolv.conf", "/etc/hosts", "nsswitch");
        } finally {
            strace.destroy();
            strace.onExit().join();
            Files.delete(trace);
        }
    }

    // F5
    @Test
    void impossiblePortsAndHostsAreRefused(Door door) {
        JsonObject verdict = Python.attack(door, "session.py", "odd-destinations");

        assertThat(verdict.remove("alive").getAsBoolean()).isTrue();
        assertThat(
                        Verdicts.each(
                                        verdict,
                                        one -> one.getAsJsonObject().get("answer").getAsString())
                                .values())
                .hasSize(6)
                .containsOnly("prohibited");
        assertThat(
                        Verdicts.each(
                                verdict,
                                one ->
                                        one.getAsJsonObject()
                                                .get("text")
                                                .getAsString()
                                                .split(":")[0]))
                .containsEntry("port 65536", "DESTINATION_INVALID")
                .containsEntry("64 KiB host", "SERVICE_UNKNOWN");
    }

    // F6, E26, E27
    @Test
    void nothingElseThatCarriesBytesIsOffered(Door door) {
        int mark = door.audit().size();

        JsonObject verdict = Python.attack(door, "session.py", "other-directions");

        assertThat(verdict.remove("alive").getAsBoolean()).isTrue();
        assertThat(Verdicts.texts(verdict))
                .hasSize(16)
                .allSatisfy((request, answer) ->
                        assertThat(answer).as(request).isIn("prohibited", "82", "100"));
        door.audit()
                .await(
                        mark,
                        "-R",
                        event -> event.text("event.reason").equals("REMOTE_FORWARD_REFUSED"));
        door.audit()
                .await(mark, "exec", event -> event.text("event.reason").equals("COMMAND_UNKNOWN"));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}

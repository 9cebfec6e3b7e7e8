package dev.keyhole.system.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a principal gets to whom shell is granted. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ShellTest {
    private static final Duration LONG = Duration.ofSeconds(120);
    private Door door;

    @BeforeAll
    void up() {
        door = Door.up();
        door.keyhole("principal", "set", "ada", "--shell").orFail();
    }

    @AfterAll
    void down() {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void exitStatusAndSignalComeBack() {
        assertThat(door.ssh().run("exit 7").exit()).isEqualTo(7);
        assertThat(door.ssh().run("exit 130").exit()).isEqualTo(130);
        assertThat(door.ssh().run("kill -9 $$").exit()).isEqualTo(255);
        assertThat(door.ssh().run("echo out; echo err >&2"))
                .satisfies(ran -> assertThat(ran.stdout()).isEqualTo("out\n"))
                .satisfies(ran -> assertThat(ran.stderr()).isEqualTo("err\n"));
    }

    @Test
    void aTerminalIsRealAndFollowsTheWindow() {
        Path script = Places.checkout().resolve("system-tests/src/test/python/shell/terminal.py");
        Ran ran =
                Ran.of(
                                LONG,
                                "/usr/bin/python3",
                                "-B",
                                script.toString(),
                                "" + door.port(),
                                door.setup().keys().getFirst().file().toString(),
                                "ada")
                        .orFail();
        var verdict = JsonParser.parseString(ran.stdout().strip()).getAsJsonObject();
        verdict.entrySet()
                .forEach(answer ->
                        assertThat(answer.getValue().getAsBoolean()).as(answer.getKey()).isTrue());
    }

    @Test
    void itRunsAsThePrincipalsOwnUserInsideItsWallsAndNotOnTheDoor() {
        assumeTrue(OtherUser.weAreRoot(), "only root gives principals OS users of their own");
        Ran ran =
                door.ssh()
                        .run(
                                "id -un; readlink /proc/self/ns/mnt; grep CapEff /proc/self/status; pwd");
        List<String> lines = ran.orFail().stdout().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("keyhole-ada");
        assertThat(lines.get(1)).isNotEqualTo(link("/proc/" + door.doorPid() + "/ns/mnt"));
        assertThat(lines.get(2)).endsWith("0000000000000000");
        assertThat(lines.getLast()).endsWith("/workspaces/ada/home");
    }

    private static String link(String path) {
        try {
            return Files.readSymbolicLink(Path.of(path)).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void onlyHarmlessVariablesComeAlong() {
        List<String> command = door.ssh().with("-o", "SendEnv=LC_TIME SECRET").command("env");
        var builder = new ProcessBuilder(command);
        builder.environment().put("LC_TIME", "de_DE.UTF-8");
        builder.environment().put("SECRET", "much");
        Ran ran = Ran.of(LONG, builder).orFail();
        assertThat(ran.stdout()).contains("LC_TIME=de_DE.UTF-8").doesNotContain("SECRET", "much");
    }

    @Test
    void manyBytesPassUnchangedBothWays() throws IOException {
        Path file = door.setup().place().resolve("many");
        Ran.of(LONG, "sh", "-c", "head -c 67108864 /dev/urandom >" + file).orFail();
        String sum = Ran.of(LONG, "sha256sum", file.toString()).stdout().split(" ")[0];
        Path back = door.setup().place().resolve("back");
        var builder = new ProcessBuilder(door.ssh().command("tee copy; sha256sum copy >&2"));
        builder.redirectInput(file.toFile());
        Ran ran = piped(builder, back);
        assertThat(ran.stderr()).startsWith(sum);
        assertThat(Ran.of(LONG, "cmp", file.toString(), back.toString()).exit()).isZero();
    }

    private static Ran piped(ProcessBuilder builder, Path out) throws IOException {
        Path err = out.resolveSibling("back.err");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        await().atMost(LONG).until(() -> !process.isAlive());
        return new Ran(builder.command(), process.exitValue(), "", Files.readString(err));
    }

    @Test
    void aCommandIsWrittenDownBeforeAndAfter() {
        AuditTrail audit = door.audit();
        int mark = audit.size();
        door.ssh().run("exit 3");
        var started = audit.await(mark, "start", e -> e.action().equals("command-started"));
        var ended = audit.await(mark, "end", e -> e.action().equals("command-ended"));
        assertThat(started.text("process.command_line")).isEqualTo("exit 3");
        assertThat(ended.text("event.reason")).isEqualTo("exit status 3");
    }

    @Test
    void aClientThatGoesTakesItsCommandAlong() throws IOException {
        Process ssh = background("trap : HUP; while :; do sleep 4711; done");
        await().atMost(LONG).until(() -> running("4711"));
        ssh.destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> !running("4711"));
    }

    @Test
    void theEditorsShapeWorks() throws IOException {
        // A server that an exec starts on loopback, reached by a forward of the same session.
        Process ssh =
                background(
                        "python3 -m http.server 47123 --bind 127.0.0.1 >/dev/null 2>&1 & echo up; wait");
        await().atMost(LONG)
                .untilAsserted(() -> {
                    try (var tunnel = door.ssh().tunnel("localhost", 47123)) {
                        Ran got = Ran.of(LONG, "curl", "-sf", tunnel.url("/").toString());
                        assertThat(got.exit()).isZero();
                    }
                });
        int local = Ports.free();
        try (var socks = door.ssh().with("-N", "-D", "127.0.0.1:" + local).background(local)) {
            Ran got =
                    Ran.of(
                            LONG,
                            "curl",
                            "-sf",
                            "--socks5-hostname",
                            "127.0.0.1:" + socks.localPort(),
                            "http://localhost:47123/");
            assertThat(got.exit()).isZero();
        }
        ssh.destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> !running("47123"));
    }

    @Test
    void aDoorThatIsKilledTakesCommandsAlong() throws IOException {
        Process ssh = background("exec sleep 4711");
        await().atMost(LONG).until(() -> running("4711"));

        door.kill9();

        await().atMost(Duration.ofSeconds(30)).until(() -> !running("4711"));
        await().atMost(LONG).until(() -> !ssh.isAlive());
        await().atMost(LONG).until(() -> door.ssh().run("true").exit() == 0);
    }

    private Process background(String line) throws IOException {
        return new ProcessBuilder(door.ssh().command(line))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private boolean running(String word) {
        return Processes.of(door.home()).stream()
                .anyMatch(line -> line.contains(word) && !line.contains("ssh -F none"));
    }

    @Test
    void verbsOfTheDoorComeFirstAndTakeNoShell() {
        assertThat(door.ssh().run("keyhole", "status").exit()).isZero();
        Ran injected = door.ssh().run("keyhole status; touch injected");
        assertThat(injected.exit()).isEqualTo(2);
        assertThat(door.home().resolve("workspaces/ada/home/injected")).doesNotExist();
    }

    @Test
    void agentsAndWindowsStayOut() {
        List<String> refused = new ArrayList<>();
        int mark = door.audit().size();
        door.ssh().with("-X").run("true");
        door.audit().since(mark).stream()
                .filter(event -> event.action().equals("request-refused"))
                .forEach(event -> refused.add(event.text("keyhole.request")));
        assertThat(refused).allMatch(request -> request.startsWith("x11"));
        assertThat(door.ssh().with("-A").run("echo ${SSH_AUTH_SOCK:-none}").stdout())
                .isEqualTo("none\n");
    }
}

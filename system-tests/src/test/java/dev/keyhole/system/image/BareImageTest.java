package dev.keyhole.system.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.container.Podman;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image alone is the recipe done right: hardened (security bar I13 to I17), and with one key a whole Keyhole. Each image
 * is built of a real base and run by a real podman with a read-only root and no capability.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BareImageTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> HARDENED =
            List.of(
                    "--read-only",
                    "--cap-drop=all",
                    "--security-opt=no-new-privileges",
                    "--pids-limit=4096");

    private final Path place = Places.fresh("bare");
    private Optional<Podman> podman = Optional.empty();

    @TempDir private Path keys;

    @BeforeAll
    void anEngineOfOurOwn() {
        assumeThat(OtherUser.weAreRoot()).as("this podman needs root").isTrue();
        podman = Optional.of(new Podman());
    }

    @AfterAll
    void nothingIsLeft() {
        podman.ifPresent(Podman::close);
        Places.remove(place);
    }

    @Test
    void anImageWithJupyterServerIsHardenedAndServesItsOwner() throws Exception {
        prove(Bases.jupyter(), "jupyter", "\"version\": \"2.");
    }

    @Test
    void anImageWithTheOldNotebookOnPython38IsHardenedAndServesItsOwner() throws Exception {
        Optional<Path> base = Bases.classic();
        assumeThat(base).as("a Python 3.8 to make the base with").isPresent();
        prove(base.orElseThrow(), "classic", "\"version\": \"6.4.12\"");
    }

    @Test
    void theSameImageOutOfADockerfile() throws Exception {
        try (Registry registry = Registry.open()) {
            String base = registry.reference("base:1");
            engine().load(Bases.jupyter(), "localhost/base:dockerfile");
            engine().run("push", "-q", "--tls-verify=false", "localhost/base:dockerfile", base)
                    .orFail();
            Path context = place.resolve("context");
            Image.keyhole("dockerfile", "--from", base, "--context", context.toString()).orFail();
            engine().run(
                            "build",
                            "--tls-verify=false",
                            "-t",
                            "localhost/dockerfile:1",
                            context.toString())
                    .orFail();

            isHardened("localhost/dockerfile:1");
            serves("localhost/dockerfile:1", "\"version\": \"2.");
        }
    }

    private void prove(Path base, String name, String version) throws Exception {
        Path tar = place.resolve(name + ".tar");
        String first = Image.tar(base, tar);
        String image = engine().load(tar, "localhost/" + name + ":1");
        // I13: the same inputs are the same image, to the byte.
        Path again = place.resolve(name + "-again.tar");
        assertThat(Image.tar(base, again)).isEqualTo(first);
        assertThat(Ran.of(SOON, "cmp", tar.toString(), again.toString()).exit()).isZero();

        isHardened(image);
        serves(image, version);
    }

    /** I14 and I15. */
    private void isHardened(String image) {
        String inside =
                in(
                        image,
                        "id -u; id -un; id -gn; find / -xdev -perm /6000 2>/dev/null; echo end;"
                                + " command -v sshd sudo; ls /etc/ssh 2>/dev/null; echo end;"
                                + " grep -rlI 'BEGIN [A-Z ]*PRIVATE KEY' /etc /home /state /opt/keyhole/bin 2>/dev/null;"
                                + " stat -c %a /tmp; getent passwd 0");
        assertThat(inside.lines())
                .containsExactly(
                        "10001",
                        "keyhole",
                        "keyhole",
                        "end",
                        "end",
                        "1777",
                        "root:x:0:0:root:/root:/bin/bash");
        assertThat(engine().inspect(image, "{{.User}} {{json .Config.ExposedPorts}}"))
                .isEqualTo("10001:10001 {\"2222/tcp\":{}}");
        assertThat(
                        engine().inspect(
                                        image,
                                        "{{index .Labels \"org.opencontainers.image.base.digest\"}}"))
                .startsWith("sha256:");
    }

    private String in(String image, String script) {
        return engine().run(
                        "run", "--rm", "--network=none", "--entrypoint", "sh", image, "-c", script)
                .orFail()
                .stdout();
    }

    private void serves(String image, String version) throws Exception {
        KeyFile ada = KeyFile.make(keys, "ada-" + image.replaceAll("[^a-z]", "-"));
        int port = Ports.free();
        String container = start(image, ada, port);
        await().atMost(SOON).until(() -> log(container).contains("Ready. On your laptop run"));

        int jupyter = Ports.free();
        int tensorboard = Ports.free();
        int own = Ports.free();
        Process tunnel =
                new ProcessBuilder(
                                ssh(
                                        ada,
                                        port,
                                        "-N",
                                        "-L",
                                        jupyter + ":localhost:8888",
                                        "-L",
                                        tensorboard + ":localhost:6006",
                                        "-L",
                                        own + ":localhost:9414"))
                        .start();
        try {
            await().atMost(SOON)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(get(jupyter, "/api").body()).contains(version));
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> get(tensorboard, "/").statusCode() == 200);
            servesOnItsLoopback(container, own);
            orphansAreReaped(container);
            hostKeyStays(container, ada, port);
        } finally {
            tunnel.destroy();
        }
        // I17: the end comes soon, and it is an orderly one.
        long since = System.nanoTime();
        engine().run("stop", "--time", "10", container).orFail();
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(10));
        assertThat(engine().inspect(container, "{{.State.ExitCode}}")).isIn("0", "143");
    }

    /** As on a machine: whatever the owner serves there, and nobody else reaches. */
    private void servesOnItsLoopback(String container, int tunnelled) {
        engine().run(
                        "exec",
                        "--detach",
                        container,
                        "python3",
                        "-m",
                        "http.server",
                        "--bind",
                        "127.0.0.1",
                        "--directory",
                        "/tmp",
                        "9414")
                .orFail();
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> get(tunnelled, "/").statusCode() == 200);
    }

    private String start(String image, KeyFile key, int port) {
        String name = "bare-" + port;
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--name", name));
        command.addAll(HARDENED);
        command.addAll(
                List.of(
                        "-p",
                        "127.0.0.1:" + port + ":2222",
                        "-v",
                        name + ":/state",
                        "-e",
                        "KEYHOLE_KEYS=" + key.line(),
                        "-e",
                        "KEYHOLE_SHELL=allow",
                        image));
        engine().run(command.toArray(String[]::new)).orFail();
        return name;
    }

    private String log(String container) {
        return engine().run("logs", container).all();
    }

    /** I16: a thousand that lost their parent, while a supervised child's status is still its own. */
    private void orphansAreReaped(String container) {
        String script = "for i in $(seq 1000); do (sleep 0.01 &); done; (exit 42); echo status $?";
        assertThat(engine().run("exec", container, "sh", "-c", script).orFail().stdout())
                .contains("status 42");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        engine().run("exec", container, "ps", "-eo", "stat=,comm=")
                                                .orFail()
                                                .stdout()
                                                .lines()
                                                .filter(line ->
                                                        line.contains("Z")
                                                                || line.contains("sleep")))
                                .isEmpty());
    }

    /** A command's own status comes back, and the host key is the volume's. */
    private void hostKeyStays(String container, KeyFile key, int port) {
        Path known = place.resolve("known-" + port);
        List<String> command = ssh(key, port, "-o", "UserKnownHostsFile=" + known, "exit 7");
        assertThat(Ran.of(SOON, command).exit()).isEqualTo(7);
        engine().run("restart", "--time", "10", container).orFail();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Ran.of(SOON, command).exit()).isEqualTo(7));
    }

    private static List<String> ssh(KeyFile key, int port, String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ssh",
                                "-F",
                                "none",
                                "-i",
                                key.file().toString(),
                                "-p",
                                String.valueOf(port),
                                "-o",
                                "IdentitiesOnly=yes",
                                "-o",
                                "BatchMode=yes",
                                "-o",
                                "StrictHostKeyChecking=accept-new",
                                "-l",
                                "me"));
        List<String> rest = new ArrayList<>(List.of(words));
        if (!String.join(" ", words).contains("UserKnownHostsFile")) {
            command.addAll(List.of("-o", "UserKnownHostsFile=/dev/null"));
            command.addAll(rest);
            command.add("127.0.0.1");
        } else {
            String remote = rest.removeLast();
            command.addAll(rest);
            command.addAll(List.of("127.0.0.1", remote));
        }
        return command;
    }

    private static HttpResponse<String> get(int port, String path)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private Podman engine() {
        return podman.orElseThrow();
    }
}

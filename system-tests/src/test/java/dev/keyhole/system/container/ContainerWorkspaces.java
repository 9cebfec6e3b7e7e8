package dev.keyhole.system.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Ssh;
import dev.keyhole.system.Tunnel;
import dev.keyhole.system.image.Image;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two people with a container each, through stock ssh, and what happens to them when something is killed. What kills comes
 * last, and each test leaves both workspaces as they can be used.
 */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ContainerWorkspaces {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String IMAGE = "localhost/workspace:1";

    private final Supplier<Engine> started;
    private Engine engine;
    private ServedDoor door;

    ContainerWorkspaces(Supplier<Engine> started) {
        this.started = started;
    }

    @BeforeAll
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "these engines need root");
        engine = started.get();
        engine.load(Image.workspace(), IMAGE);
        door =
                ServedDoor.of(
                        """
                        launcher: container
                        container:
                          image: %s
                          engine: %s
                          network: none
                        services: {own-loopback: allow}
                        workspace: {memory: 1GiB, cpus: 1.5, pids: 300}
                        """
                                .formatted(IMAGE, engine.socket()),
                        "alice",
                        "bob");
        door.keyhole("principal", "set", "alice", "--shell").orFail();
        door.keyhole("principal", "set", "bob", "--shell").orFail();
    }

    @AfterAll
    void close() {
        if (door != null) {
            Ran shared =
                    Ran.of(
                            SOON,
                            "sh",
                            "-c",
                            "cat \"$0\"/workspaces/*/run/short-shared",
                            door.home().toString());
            door.keyhole("down").orFail();
            assertThat(engine.containers()).isEmpty();
            assertThat(shared.stdout().lines().map(Path::of)).noneMatch(Files::exists);
            door.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    @Order(1)
    void eachRunsCodeInAnOwnContainerThroughStockSsh() {
        try (Tunnel alice = door.ssh("alice").tunnelTo(8888);
                Tunnel bob = door.ssh("bob").tunnelTo(8888)) {
            String hers = hostname(alice);
            String his = hostname(bob);
            assertThat(hers).isNotBlank().isNotEqualTo(his);
        }
        assertThat(engine.containers())
                .containsExactlyInAnyOrder(container("alice"), container("bob"));
    }

    private static String hostname(Tunnel tunnel) {
        Notebook notebook = Notebook.through(tunnel);
        return notebook.run(notebook.startKernel(), "import socket; print(socket.gethostname())");
    }

    @Test
    @Order(2)
    void tensorBoardAnswersInEach() {
        for (String name : List.of("alice", "bob")) {
            try (Tunnel tunnel = door.ssh(name).tunnelTo(6006)) {
                answers(tunnel);
            }
        }
    }

    /** The first answer may come after the tunnel's first connections were refused as not ready. */
    private static void answers(Tunnel tunnel) {
        await(tunnel.output())
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> get(tunnel.url("/")) < 400);
    }

    private static int get(URI address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    // W9
    @Test
    @Order(3)
    void theContainersHaveNothingThatTheyNeedNot() {
        String flags =
                engine.inspect(
                        container("alice"),
                        "{{.HostConfig.Privileged}} {{json .HostConfig.CapAdd}} {{.HostConfig.ReadonlyRootfs}}"
                                + " {{.HostConfig.PidMode}} {{.HostConfig.IpcMode}} {{.HostConfig.NetworkMode}}"
                                + " {{.HostConfig.PidsLimit}} {{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}"
                                + " {{.HostConfig.NanoCpus}} {{json .HostConfig.PortBindings}}");
        // Podman calls a namespace of its own shareable: another container may be told to join it.
        assertThat(flags)
                .matches(
                        "false (null|\\[]) true (private)? ?(private|shareable) none 300 1073741824 1073741824 1500000000"
                                + " (null|\\{})");
        assertThat(engine.inspect(container("alice"), "{{.HostConfig.SecurityOpt}}"))
                .contains("no-new-privileges");
        assertThat(engine.inspect(container("alice"), "{{range .Mounts}}{{.Destination}} {{end}}"))
                .contains("/state", "/keyhole/planted", "/keyhole/run")
                .doesNotContain("docker.sock", "podman.sock");
        assertThat(engine.inspect(container("alice"), "{{json .HostConfig.LogConfig}}"))
                .as("a log that ends somewhere")
                .containsAnyOf("\"max-size\":\"1m\"", "\"Size\":\"1");
        // What the kernel says counts more than what the engine was told.
        assertThat(exec("alice", "grep -E '^(CapPrm|CapEff|CapBnd|NoNewPrivs)' /proc/self/status"))
                .isEqualToIgnoringWhitespace(
                        "CapPrm: 0000000000000000 CapEff: 0000000000000000"
                                + " CapBnd: 0000000000000000 NoNewPrivs: 1");
        assertThat(door.ssh("alice").run("touch /usr/here 2>&1").stdout())
                .contains("Read-only file system");
        assertThat(exec("alice", "id -u; touch ~/mine && echo kept")).isEqualTo("10001\nkept");
    }

    // W8: no device of a GPU is there, and none can be made.
    @Test
    @Order(4)
    void noDeviceIsThereThatWasNotGranted() {
        assertThat(
                        exec(
                                "alice",
                                "ls /dev | grep -E 'nvidia|dri|kvm|sd|vd'; mknod /tmp/d c 195 0 2>&1; true"))
                .contains("Operation not permitted")
                .doesNotContain("nvidia", "vda");
    }

    // W10: of the network only the own loopback is there.
    @Test
    @Order(5)
    void nothingIsReachedFromInside() {
        assertThat(exec("alice", "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '"))
                .isEqualTo("lo");
        assertThat(
                        exec(
                                "alice",
                                """
                                python3 -c "
                                import socket
                                for place in [('172.17.0.1', 22), ('169.254.169.254', 80), ('127.0.0.1', %d), ('10.88.0.1', 53)]:
                                    try:
                                        socket.create_connection(place, 3); print('REACHED', place)
                                    except OSError as e:
                                        print('no')
                                "
                                """
                                        .formatted(door.port())
                                        .replace("'", "'\\''")
                                        .transform(code -> "sh -c '" + code + "'")))
                .isEqualTo("no\nno\nno\nno");
    }

    // W12: the door's own process cannot speak with the engine; only what guards it can.
    @Test
    @Order(6)
    void theDoorItselfMayNotSpeakWithTheEngine() {
        List<String> users =
                door.pids().stream()
                        .map(pid ->
                                Ran.of(SOON, "ps", "-o", "user=", "-p", "" + pid).stdout().strip())
                        .toList();
        assertThat(users).contains("keyhole");
        assertThat(
                        Ran.of(
                                        SOON,
                                        "setpriv",
                                        "--reuid=keyhole",
                                        "--regid=keyhole",
                                        "--clear-groups",
                                        "curl",
                                        "-s",
                                        "--unix-socket",
                                        engine.socket().toString(),
                                        "http://d/_ping")
                                .exit())
                .isNotZero();
    }

    // F1 is the first test; F2 and F3
    @Test
    @Order(7)
    void noOtherDestinationIsReached() {
        for (String host :
                List.of(
                        "127.0.0.2:22",
                        "0.0.0.0:22",
                        "169.254.169.254:80",
                        "172.17.0.1:22",
                        "10.96.0.1:443",
                        "metadata.google.internal:80",
                        "bob:8888",
                        "jupyter.bob:8888",
                        "/var/run/docker.sock:1",
                        "2130706433:8888")) {
            Ran ran = door.ssh("alice").with("-W", host).run();
            assertThat(ran.exit()).as(host).isEqualTo(255);
            assertThat(ran.stderr()).as(host).contains("administratively prohibited");
        }
        // Her localhost is inside of her container: the host's own listeners are not on it.
        Ran ran = door.ssh("alice").with("-W", "localhost:" + door.port()).run();
        assertThat(ran.stdout()).isEmpty();
        assertThat(ran.exit()).isEqualTo(255);
    }

    // F4
    @Test
    @Order(8)
    void whatSheServesOnHerLoopbackIsHersAlone() throws Exception {
        Process server =
                inBackground(
                        door.ssh("alice"),
                        "cd /tmp && echo hers > page && exec python3 -m http.server --bind 127.0.0.1 9414");
        try (Tunnel hers = door.ssh("alice").tunnelTo(9414)) {
            await().atMost(SOON).ignoreExceptions().until(() -> get(hers.url("/page")) == 200);
            Ran his = door.ssh("bob").with("-W", "localhost:9414").run();
            assertThat(his.exit()).isEqualTo(255);
            assertThat(his.stdout()).isEmpty();
        } finally {
            server.destroy();
        }
    }

    private static Process inBackground(Ssh ssh, String command) throws IOException {
        return new ProcessBuilder(ssh.command(command))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    @Order(9)
    void anExitStatusAndStandardInputPassBothDoors() throws Exception {
        assertThat(door.ssh("alice").run("exit 7").exit()).isEqualTo(7);
        assertThat(exec("alice", "echo out; echo err >&2")).isEqualTo("out");
    }

    @Test
    @Order(10)
    void howeverManyConnectionsThereAreTheyShareOneContainer() {
        List<Tunnel> tunnels = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                tunnels.add(door.ssh("alice").tunnelTo(i % 2 == 0 ? 8888 : 6006));
            }
            tunnels.forEach(ContainerWorkspaces::answers);
            exec("alice", "true");
            assertThat(engine.containers()).filteredOn(name -> name.endsWith("-alice")).hasSize(1);
        } finally {
            tunnels.forEach(Tunnel::close);
        }
    }

    @Test
    @Order(11)
    void statusSaysWhereItIsAndWhatStands() {
        String status = door.ssh("alice").run("keyhole", "status").orFail().stdout();
        assertThat(status).contains("where       container " + container("alice"));
        assertThat(status).doesNotContain("does not say what it does", "not isolated: user");
    }

    @Test
    @Order(12)
    void aDoorThatIsKilledFindsTheContainersAgain() {
        String before = engine.inspect(container("alice"), "{{.Id}}");
        String kernel;
        try (Tunnel tunnel = door.ssh("alice").tunnelTo(8888)) {
            Notebook notebook = Notebook.through(tunnel);
            kernel = notebook.startKernel();
            notebook.run(kernel, "kept = 17");
        }

        door.kill9AndStart();

        try (Tunnel tunnel = door.ssh("alice").tunnelTo(8888)) {
            assertThat(Notebook.through(tunnel).run(kernel, "print(kept)")).isEqualTo("17");
        }
        assertThat(engine.inspect(container("alice"), "{{.Id}}")).isEqualTo(before);
        assertThat(engine.containers()).filteredOn(name -> name.endsWith("-alice")).hasSize(1);
    }

    @Test
    @Order(13)
    void aContainerThatIsKilledIsStartedAgainWithItsFiles() {
        String before = engine.inspect(container("alice"), "{{.Id}}");
        exec("alice", "echo precious > ~/notes");

        engine.run("kill", container("alice")).orFail();

        await("another container runs")
                .atMost(SOON)
                .until(() ->
                        engine.containers().contains(container("alice"))
                                && !engine.run("inspect", "--format", "{{.Id}}", container("alice"))
                                        .stdout()
                                        .strip()
                                        .equals(before));
        try (Tunnel tunnel = door.ssh("alice").tunnelTo(8888)) {
            answers(tunnel);
        }
        assertThat(exec("alice", "cat ~/notes")).isEqualTo("precious");
        assertThat(engine.containers()).filteredOn(name -> name.endsWith("-alice")).hasSize(1);
    }

    @Test
    @Order(14)
    void anEngineThatIsKilledTakesNobodyAwayForLong() {
        engine.kill();
        Ran status = door.ssh("alice").run("keyhole", "status");
        assertThat(status.exit()).as(status.all()).isZero();
        Ran stop = door.keyhole("workspace", "stop", "bob");
        assertThat(stop.all()).doesNotContain("\tat ", "unexpected");

        engine.serve();

        for (String name : List.of("alice", "bob")) {
            await(name + " works again")
                    .atMost(SOON)
                    .until(() -> door.ssh(name).run("keyhole", "start").exit() == 0);
            try (Tunnel tunnel = door.ssh(name).tunnelTo(8888)) {
                answers(tunnel);
            }
        }
        assertThat(engine.containers())
                .containsExactlyInAnyOrder(container("alice"), container("bob"));
    }

    @Test
    @Order(15)
    void whoeverIsRemovedLosesTheContainerAndNothingElseDoes() {
        door.keyhole("workspace", "stop", "bob").orFail();
        await("his container is gone")
                .atMost(SOON)
                .until(() -> !engine.containers().contains(container("bob")));
        assertThat(engine.containers()).contains(container("alice"));
    }

    private String exec(String name, String command) {
        return door.ssh(name).run(command).orFail().stdout().strip();
    }

    private String container(String name) {
        String status = door.ssh(name).run("keyhole", "status", "--json").orFail().stdout();
        return Image.member(status, "where").replace("container ", "");
    }
}

package dev.keyhole.system.attach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.LoopbackServer;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An existing SSH host is somebody's workspace: through our door, by stock ssh. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttachedHostTest {
    private ClassicHost host;
    private ServedDoor door;

    @BeforeAll
    void up() throws Exception {
        host = new ClassicHost();
        host.startJupyter();
        host.startTensorBoard();
        door = ServedDoor.of("services: {own-loopback: allow}", "ada", "bob");
    }

    @AfterAll
    void down() throws Exception {
        if (door != null) {
            door.close();
        }
        if (host != null) {
            host.close();
        }
    }

    @AfterEach
    void detach() {
        if (isAttached("ada")) {
            door.keyhole("workspace", "detach", "ada").orFail();
        }
    }

    @Test
    void theKeyThatTheDoorMakesIsEnrolledThenJupyterAndTensorBoardAnswerThroughStockSsh()
            throws Exception {
        AuditTrail trail = door.audit();
        int mark = trail.size();
        Ran first = attach();
        assertThat(first.exit()).as(first.all()).isEqualTo(3);
        assertThat(first.all()).contains("HOST_LOGIN_REFUSED").contains("authorized_keys");
        assertThat(isAttached("ada")).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
                .isEqualTo("rw-------");
        host.authorize(lineIn(first.all()));

        Ran second = attach().orFail();
        assertThat(second.stdout()).contains(host.fingerprint("host")).contains("jupyter");
        assertThat(where("ada")).contains(host.address()).contains("attached");
        assertThat(where("bob")).isEqualTo("this machine");
        trail.await(
                mark, "the attach", event -> event.text("keyhole.verb").equals("workspace attach"));

        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888)) {
            Notebook notebook = Notebook.through(tunnel);
            String kernel = notebook.startKernel();
            assertThat(notebook.run(kernel, "import os; print(os.environ['CLASSIC_HOST'], 6 * 7)"))
                    .isEqualTo("yes 42");
            assertThat(get(tunnel, "/api").statusCode()).isEqualTo(200);
        }
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(6006)) {
            assertThat(get(tunnel, "/").body()).containsIgnoringCase("tensorboard");
        }
        assertThat(door.ssh("ada").run("keyhole", "status").orFail().stdout())
                .contains(host.address());
        assertThat(door.ssh("ada").run("keyhole", "logs").orFail().stdout())
                .contains("stays at its host");
        assertThat(door.keyhole("workspace", "attach", "ada", "--help").exit()).isZero();
        assertThat(attach().exit()).as("a second host is refused").isEqualTo(3);
    }

    @Test
    void aHostThatGoesAwayIsNamedAndTheTunnelWorksAgainWhenItIsBack() throws Exception {
        attachForSure();
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888)) {
            assertThat(get(tunnel, "/api").statusCode()).isEqualTo(200);
            int mark = door.audit().size();
            host.goAway();
            await("the tunnel's next forward is refused")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> fails(tunnel));
            door.audit()
                    .await(
                            mark,
                            "the refusal",
                            event -> event.text("event.reason").equals("HOST_UNREACHABLE"));
            host.comeBack();
            assertThat(get(tunnel, "/api").statusCode()).isEqualTo(200);
            assertThat(tunnel.isOpen()).as("the same ssh all the time").isTrue();
        }
    }

    @Test
    void afterARestartOfTheDoorTheHostIsStillAttached() throws Exception {
        attachForSure();
        door.restart();
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888)) {
            assertThat(get(tunnel, "/api").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aShellRunsAtTheHostWhereItIsGranted() throws Exception {
        attachForSure();
        assertThat(door.ssh("ada").run("printenv CLASSIC_HOST").exit()).isNotZero();
        door.keyhole("principal", "set", "ada", "--shell").orFail();
        try {
            assertThat(door.ssh("ada").run("printenv CLASSIC_HOST; exit 7"))
                    .satisfies(ran -> {
                        assertThat(ran.stdout()).isEqualTo("yes\n");
                        assertThat(ran.exit()).isEqualTo(7);
                    });
        } finally {
            door.keyhole("principal", "set", "ada", "--no-shell").orFail();
        }
    }

    @Test
    void anyPortOfItsLoopbackIsReachedAsFarAsItsSshdAllows() throws Exception {
        attachForSure();
        try (LoopbackServer server = LoopbackServer.echo();
                Tunnel tunnel = door.ssh("ada").tunnelTo(server.port());
                var socket =
                        new java.net.Socket(InetAddress.getLoopbackAddress(), tunnel.localPort())) {
            socket.getOutputStream().write("there\n".getBytes(UTF_8));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("there\n");
        }
    }

    @Test
    void anotherHostKeyIsRefusedWithBothFingerprintsAndNothingIsAttached() {
        Ran refused = attachWith(host.address(), host.otherKey(), "jupyter=" + host.jupyterPort());
        assertThat(refused.exit()).as(refused.all()).isEqualTo(5);
        assertThat(refused.all())
                .contains("HOST_KEY_CHANGED")
                .contains(host.fingerprint("host"))
                .contains(host.fingerprint("other"));
        assertThat(isAttached("ada")).isFalse();
    }

    @Test
    void aKeyThatIsGivenAndRefusedIsNotKept() throws Exception {
        attachForSure();
        door.keyhole("workspace", "detach", "ada").orFail();
        Ran refused =
                door.keyhole(words(host.address(), host.hostKey(), "--key", host.privateKey()));
        assertThat(refused.exit()).as(refused.all()).isEqualTo(3);
        assertThat(refused.all()).contains("HOST_LOGIN_REFUSED");
        assertThat(keyFile()).doesNotExist();
    }

    @Test
    void aHostThatIsNotThereIsUnreachable() {
        Ran refused = attachWith("127.0.0.1:1", host.hostKey(), "jupyter=8888");
        assertThat(refused.exit()).as(refused.all()).isEqualTo(4);
        assertThat(refused.all()).contains("HOST_UNREACHABLE");
        assertThat(isAttached("ada")).isFalse();
    }

    @Test
    void aServiceThatDoesNotListenOnTheLoopbackThereIsRefusedWithTheNextMove() throws Exception {
        enrol();
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        Ran refused = attachWith(host.address(), host.hostKey(), "jupyter=" + nobody);
        assertThat(refused.exit()).as(refused.all()).isEqualTo(1);
        assertThat(refused.all()).contains("--ip=127.0.0.1").contains("jupyter");
        assertThat(isAttached("ada")).isFalse();
    }

    @Test
    void whatIsNoJupyterIsRefused() throws Exception {
        enrol();
        try (LoopbackServer server = LoopbackServer.echo()) {
            Ran refused = attachWith(host.address(), host.hostKey(), "jupyter=" + server.port());
            assertThat(refused.exit()).as(refused.all()).isEqualTo(1);
            assertThat(refused.all()).contains("does not answer in HTTP");
        }
        assertThat(isAttached("ada")).isFalse();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Ran refused =
                door.keyhole(
                        "workspace",
                        "attach",
                        "ada",
                        "--address",
                        "nowhere",
                        "--user",
                        "-oProxyCommand=x",
                        "--host-key",
                        "ssh-ed25519 nonsense",
                        "--service",
                        "rstudio=80");
        assertThat(refused.exit()).as(refused.all()).isEqualTo(2);
        assertThat(refused.all())
                .contains("--address")
                .contains("--user")
                .contains("--host-key")
                .contains("--service");
        Ran metadata = attachWith("169.254.169.254:22", host.hostKey(), "jupyter=8888");
        assertThat(metadata.exit()).isEqualTo(3);
        assertThat(metadata.all()).contains("ADDRESS_REFUSED");
    }

    @Test
    void detachingEndsTheForwardsAndTakesTheKeyAwayButStopsNothingThere() throws Exception {
        attachForSure();
        int mark = door.audit().size();
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888)) {
            assertThat(get(tunnel, "/api").statusCode()).isEqualTo(200);
            Ran detached = door.keyhole("workspace", "detach", "ada").orFail();
            assertThat(detached.stdout()).contains("nothing was stopped");
            assertThat(fails(tunnel)).as("this session's forwards are refused").isTrue();
        }
        assertThat(isAttached("ada")).isFalse();
        assertThat(keyFile()).doesNotExist();
        door.audit()
                .await(
                        mark,
                        "the detach",
                        event -> event.text("keyhole.verb").equals("workspace detach"));
        try (var socket =
                new java.net.Socket(InetAddress.getLoopbackAddress(), host.jupyterPort())) {
            assertThat(socket.isConnected()).as("Jupyter goes on").isTrue();
        }
        assertThat(door.keyhole("workspace", "detach", "ada").exit()).isEqualTo(3);
    }

    @Test
    void whoIsRemovedLosesItsHostAndTheDoorsKeyForIt() throws Exception {
        assumeTrue(OtherUser.weAreRoot(), "only root adds principals");
        door.keyhole("principal", "add", "cleo").orFail();
        try {
            String[] words = words(host.address(), host.hostKey(), "--key", host.privateKey());
            words[2] = "cleo";
            host.authorize(host.otherKey());
            List<String> all = new ArrayList<>(List.of(words));
            all.addAll(List.of("--service", "jupyter=" + host.jupyterPort()));
            door.keyhole(all.toArray(String[]::new)).orFail();
            assertThat(isAttached("cleo")).isTrue();
            assertThat(door.home().resolve("door/hop-cleo_key")).exists();
        } finally {
            door.keyhole("principal", "remove", "cleo", "--yes").orFail();
            host.forget(host.otherKey());
        }
        assertThat(door.home().resolve("door/hop-cleo_key")).doesNotExist();
    }

    private Ran attach() {
        return door.keyhole(
                words(
                        host.address(),
                        host.hostKey(),
                        "--service",
                        "jupyter=" + host.jupyterPort(),
                        "--service",
                        "tensorboard=" + host.tensorboardPort()));
    }

    private Ran attachWith(String address, String hostKey, String service) {
        return door.keyhole(words(address, hostKey, "--service", service));
    }

    private String[] words(String address, String hostKey, String... more) {
        List<String> words =
                new ArrayList<>(List.of("workspace", "attach", "ada", "--address", address));
        words.addAll(List.of("--user", host.user(), "--host-key", hostKey));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private void enrol() throws IOException {
        Ran tried = attach();
        if (tried.exit() == 3) {
            host.authorize(lineIn(tried.all()));
        } else {
            door.keyhole("workspace", "detach", "ada").orFail();
            host.authorize(lineIn(attach().all()));
        }
    }

    private void attachForSure() throws IOException {
        Ran tried = attach();
        if (tried.exit() != 0) {
            host.authorize(lineIn(tried.all()));
            attach().orFail();
        }
    }

    private static String lineIn(String text) {
        return text.lines()
                .filter(line -> line.startsWith("ssh-ed25519 "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line to enrol in: " + text));
    }

    private Path keyFile() {
        return door.home().resolve("door/hop-ada_key");
    }

    private boolean isAttached(String principal) {
        return where(principal).contains("attached");
    }

    private String where(String principal) {
        JsonObject list =
                JsonParser.parseString(
                                door.keyhole("workspace", "list", "--json").orFail().stdout())
                        .getAsJsonObject();
        for (JsonElement one : list.getAsJsonArray("workspaces")) {
            JsonObject workspace = one.getAsJsonObject();
            if (workspace.get("principal").getAsString().equals(principal)) {
                return workspace.get("place").getAsString();
            }
        }
        throw new AssertionError("no workspace of " + principal + " in " + list);
    }

    private static boolean fails(Tunnel tunnel) {
        try {
            get(tunnel, "/api");
            return false;
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> get(Tunnel tunnel, String path)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://localhost:" + tunnel.localPort() + path))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}

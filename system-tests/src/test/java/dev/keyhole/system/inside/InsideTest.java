package dev.keyhole.system.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first program of our images. */
class InsideTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String INNER = "The inner door listens";

    @TempDir private Path keys;

    @Test
    void withoutAKeyNothingStartsAndTheWholeCommandIsShown() {
        try (InnerDoor door = new InnerDoor()) {
            Ran ran = door.run();

            assertThat(ran.exit()).isEqualTo(3);
            assertThat(ran.stderr()).contains("KEYHOLE_KEYS").contains("docker run -p 2222:2222");
            assertThat(door.state()).isEmptyDirectory();
        }
    }

    @Test
    void aVariableThatMakesNoSenseIsNamed() {
        String key = KeyFile.make(keys, "ada").line();
        try (InnerDoor door = new InnerDoor().with("KEYHOLE_KEYS", key)) {
            assertThat(door.with("KEYHOLE_PORT", "many").run().stderr())
                    .contains("KEYHOLE_PORT")
                    .contains("'many' is no port");
            Ran name = door.with("KEYHOLE_PORT", "0").with("KEYHOLE_AS", "../x").run();
            assertThat(name.stderr()).contains("KEYHOLE_AS");
            assertThat(name.exit()).isEqualTo(2);
            Ran shell = door.with("KEYHOLE_AS", "ada").with("KEYHOLE_SHELL", "perhaps").run();
            assertThat(shell.stderr()).contains("KEYHOLE_SHELL").contains("neither allow nor deny");
            assertThat(door.state()).isEmptyDirectory();
        }
    }

    @Test
    void theKeysOfTheEnvironmentReachTheirNotebookAndTheEndTakesItAlong() throws Exception {
        KeyFile ada = KeyFile.make(keys, "ada");
        String port = String.valueOf(Ports.free());
        try (InnerDoor door =
                new InnerDoor().with("KEYHOLE_KEYS", ada.line()).with("KEYHOLE_PORT", port)) {
            door.start("Ready. On your laptop run");
            assertThat(door.log())
                    .contains("me@localhost -p " + port)
                    .contains("not isolated: door. The container is the wall")
                    .doesNotContain("not isolated: all");

            int local = Ports.free();
            Process tunnel =
                    new ProcessBuilder(
                                    ssh(
                                            ada,
                                            "-p",
                                            port,
                                            "-N",
                                            "-L",
                                            local + ":localhost:8888",
                                            "me@127.0.0.1"))
                            .start();
            await().atMost(SOON)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(api(local)).contains("version"));

            assertThat(door.terminate(Duration.ofSeconds(10))).isIn(0, 143);
            assertThat(Processes.of(door.state())).isEmpty();
            tunnel.destroy();
        }
    }

    @Test
    void aPlantedDoorListensOnItsSocketAloneAndLetsInTheGatewayOnly() throws Exception {
        KeyFile gateway = KeyFile.make(keys, "gateway");
        try (InnerDoor door = new InnerDoor()) {
            KeyFile host = door.plant("alice", gateway);
            door.start(INNER);

            Ran who = through(door, host, gateway, "id", "-u");
            assertThat(who.orFail().stdout().strip()).isEqualTo("65534");
            assertThat(through(door, host, gateway, "keyhole", "status").orFail().stdout())
                    .contains("alice");
            assertThat(listeners(door)).isEmpty();
            assertThat(through(door, host, KeyFile.make(keys, "stranger"), "true").exit())
                    .isEqualTo(255);

            door.terminate(Duration.ofSeconds(10));
            assertThat(door.socket()).doesNotExist();
        }
    }

    @Test
    void theVolumeOfAnotherContainerGetsTheHostKeyThatWasPlanted() throws Exception {
        KeyFile gateway = KeyFile.make(keys, "gateway");
        try (InnerDoor door = new InnerDoor()) {
            KeyFile first = door.plant("alice", gateway);
            door.start(INNER).terminate(Duration.ofSeconds(10));
            Files.delete(first.file());
            Files.delete(first.publicFile());
            KeyFile second = door.plant("alice", gateway);
            door.start(INNER);

            assertThat(through(door, second, gateway, "true").exit()).isZero();
        }
    }

    private static String api(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static List<String> ssh(KeyFile key, String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ssh",
                                "-F",
                                "none",
                                "-i",
                                key.file().toString(),
                                "-o",
                                "IdentitiesOnly=yes",
                                "-o",
                                "BatchMode=yes"));
        if (List.of(words).contains("-N")) {
            command.addAll(
                    List.of(
                            "-o",
                            "StrictHostKeyChecking=no",
                            "-o",
                            "UserKnownHostsFile=/dev/null"));
        }
        command.addAll(List.of(words));
        return command;
    }

    /** A stock client that is led to the socket, and knows the planted key only. */
    private static Ran through(InnerDoor door, KeyFile host, KeyFile key, String... words)
            throws IOException {
        Path known = door.place().resolve("known_hosts");
        Files.writeString(known, "inner " + host.line() + "\n");
        List<String> command =
                ssh(
                        key,
                        "-o",
                        "StrictHostKeyChecking=yes",
                        "-o",
                        "UserKnownHostsFile=" + known,
                        "-o",
                        "ProxyCommand=socat - UNIX:" + door.socket(),
                        "gateway@inner");
        command.addAll(List.of(words));
        return Ran.of(SOON, command);
    }

    private static String listeners(InnerDoor door) {
        return Ran.of(SOON, "sh", "-c", "ss -ltnpH | grep 'pid=" + door.pid() + ",' || true")
                .stdout();
    }
}

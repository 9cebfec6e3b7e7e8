package dev.keyhole.system.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A wish that cannot be fulfilled is answered by a sentence and an exit status, and nothing is made or started. */
@ExtendWith(NoLeaks.class)
final class RefusedStartTest {
    private final DoorSetup setup = DoorSetup.usual();

    @AfterEach
    void remove() {
        Places.remove(setup.place());
    }

    @Test
    void aTakenPortIsNamedTogetherWithItsOwner() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ran up = Starts.up(setup.withPort(taken.getLocalPort()));
            assertThat(up.exit()).as(up.toString()).isEqualTo(6);
            assertThat(up.stderr())
                    .contains("Port " + taken.getLocalPort() + " is taken")
                    .contains("pid " + ProcessHandle.current().pid())
                    .contains("--port");
        }
        assertNothingMade();
    }

    @Test
    void withoutAUsableKeyTheAnswerIsHowToMakeOne() throws IOException {
        KeyFile weak = KeyFile.make(setup.place(), "weak", "rsa", "-b", "2048");
        Ran up = Starts.up(setup.withKeys(weak));
        assertThat(up.exit()).as(up.toString()).isEqualTo(3);
        assertThat(up.stderr())
                .contains("no usable public key")
                .contains(weak.publicFile() + ":1:")
                .contains("ssh-keygen -t ed25519");
        assertNothingMade();
    }

    @Test
    void aKeyFileThatIsNotThereIsAMisunderstanding() {
        Ran up = Starts.up(setup.withKeys(new KeyFile(setup.place().resolve("nobody"))));
        assertThat(up.exit()).as(up.toString()).isEqualTo(2);
        assertThat(up.stderr()).contains("nobody.pub does not exist");
        assertNothingMade();
    }

    @Test
    void aMisspelledOptionIsAnsweredByTheNearestOne() {
        Ran up = Starts.up(setup.withOptions("--tensorflo"));
        assertThat(up.exit()).as(up.toString()).isEqualTo(2);
        assertThat(up.stderr()).contains("--tensorflow").contains("--help");
        assertThat(up.stderr()).doesNotContain("at dev.keyhole").doesNotContain("Exception");
        assertNothingMade();
    }

    @Test
    void aPortThatIsNoneIsAMisunderstanding() {
        Ran up = Starts.up(setup.withPort(70_000));
        assertThat(up.exit()).as(up.toString()).isEqualTo(2);
        assertThat(up.stderr()).contains("70000");
        assertNothingMade();
    }

    @Test
    void everyMistakeOfAConfigIsNamedWithItsLine() throws IOException {
        Path config = setup.place().resolve("keyhole.yaml");
        Files.writeString(
                config,
                """
                listen: 127.0.0.1:%d
                home: %s
                rsa-min: 1024
                servces:
                  jupyter:
                    port: 8888
                principals:
                  Ada!:
                    keys:
                      - ssh-ed25519 nonsense
                """
                        .formatted(setup.port(), setup.home()));
        Ran serve = Starts.keyhole(setup, "serve", "--config", config.toString());
        assertThat(serve.exit()).as(serve.toString()).isEqualTo(1);
        assertAllNamed(serve.stderr(), config);
        assertThat(serve.stderr()).contains("Nothing was started");

        Ran check = Starts.keyhole(setup, "config", "check", config.toString());
        assertThat(check.exit()).as(check.toString()).isEqualTo(7);
        assertAllNamed(check.stdout(), config);
        assertNothingMade();
    }

    private static void assertAllNamed(String said, Path config) {
        assertThat(said)
                .contains(config + ":3:")
                .contains(config + ":4:")
                .contains("services")
                .contains(config + ":8:");
    }

    private void assertNothingMade() {
        assertThat(setup.home()).doesNotExist();
        Starts.assertNothingRuns(setup.place());
    }
}

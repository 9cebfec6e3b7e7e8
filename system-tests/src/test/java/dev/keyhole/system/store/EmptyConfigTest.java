package dev.keyhole.system.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.KeyFile;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A daemon whose config names nobody: people come by verbs alone, and are there after its next start. */
@ExtendWith(NoLeaks.class)
final class EmptyConfigTest {
    private final Path place = Places.fresh("nobody");
    private final Path config = place.resolve("keyhole.yaml");
    private final Path log = place.resolve("serve.log");
    private final int port = Ports.free();

    @BeforeEach
    void needRoot() {
        Assumptions.assumeTrue(
                OtherUser.weAreRoot(), "people with OS users of their own need root");
    }

    @AfterEach
    void remove() {
        keyhole("down");
        Places.remove(place);
    }

    @Test
    void theFirstPersonComesByAVerbAndIsThereAfterTheNextStart() throws IOException {
        Files.writeString(
                config, "listen: 127.0.0.1:" + port + "\nhome: " + place.resolve("home") + "\n");
        KeyFile bob = KeyFile.make(place, "bob");

        serve();
        assertThat(Files.readString(log)).contains("keyhole principal add");
        // Imported and not added: nobody needs a notebook here.
        Path list = place.resolve("people.csv");
        Files.writeString(list, "name,key\nbob,\"" + bob.line() + "\"\n");
        keyhole("principal", "import", list.toString()).orFail();
        assertLogsIn(bob);
        keyhole("down").orFail();
        serve();
        assertLogsIn(bob);
    }

    private void serve() throws IOException {
        new ProcessBuilder(Places.command().toString(), "serve", "--config", config.toString())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile())
                .start();
        Awaitility.await("the door listens")
                .atMost(Duration.ofMinutes(3))
                .until(() -> Ports.accepts(port));
    }

    private Ran keyhole(String... words) {
        ProcessBuilder builder = new ProcessBuilder(Places.command().toString());
        builder.command().addAll(java.util.List.of(words));
        builder.command().addAll(java.util.List.of("--home", place.resolve("home").toString()));
        Ran ran = Ran.of(Duration.ofSeconds(60), builder);
        if (words[0].equals("down")) {
            Awaitility.await("nothing runs")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Processes.of(place).isEmpty());
        }
        return ran;
    }

    private void assertLogsIn(KeyFile key) {
        Ran login =
                Ran.of(
                        Duration.ofSeconds(30),
                        "ssh",
                        "-F",
                        "none",
                        "-p",
                        "" + port,
                        "-i",
                        key.file().toString(),
                        "-oIdentitiesOnly=yes",
                        "-oIdentityAgent=none",
                        "-oBatchMode=yes",
                        "-oStrictHostKeyChecking=accept-new",
                        "-oUserKnownHostsFile=" + place.resolve("known_hosts"),
                        "bob@127.0.0.1",
                        "keyhole",
                        "services");
        assertThat(login.orFail().stdout()).contains("jupyter");
    }
}

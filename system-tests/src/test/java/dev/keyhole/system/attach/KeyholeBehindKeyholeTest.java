package dev.keyhole.system.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Tunnel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The host that is attached is a Keyhole itself: its words reach who asked. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyholeBehindKeyholeTest {
    private ServedDoor inner;
    private ServedDoor outer;

    @BeforeAll
    void up(@TempDir Path directory) throws Exception {
        inner = ServedDoor.of("", "bob");
        outer = ServedDoor.of("", "ada");
        Ran tried = attach();
        assertThat(tried.exit()).as(tried.all()).isEqualTo(3);
        Path line =
                Files.writeString(
                        directory.resolve("hop.pub"),
                        tried.all()
                                        .lines()
                                        .filter(one -> one.startsWith("ssh-ed25519 "))
                                        .findFirst()
                                        .orElseThrow()
                                + " hop\n");
        inner.keyhole("key", "add", "bob", line.toString()).orFail();
        inner.keyhole("principal", "set", "bob", "--shell").orFail();
        outer.keyhole("principal", "set", "ada", "--shell").orFail();
        attach().orFail();
    }

    @AfterAll
    void down() {
        if (outer != null) {
            outer.close();
        }
        if (inner != null) {
            inner.close();
        }
    }

    private Ran attach() throws Exception {
        String[] key =
                Files.readString(inner.home().resolve("door/ssh_host_ed25519_key.pub")).split(" ");
        return outer.keyhole(
                "workspace",
                "attach",
                "ada",
                "--address",
                "127.0.0.1:" + inner.port(),
                "--user",
                "bob",
                "--host-key",
                key[0] + " " + key[1]);
    }

    @Test
    void aNotebookIsReachedThroughBothAndWhatTheInnerRefusesIsReadOutside() throws Exception {
        try (Tunnel tunnel = outer.ssh("ada").tunnelTo(8888)) {
            Notebook notebook = Notebook.through(tunnel);
            assertThat(notebook.run(notebook.startKernel(), "print(6 * 7)")).isEqualTo("42");

            int mark = outer.audit().size();
            inner.keyhole("workspace", "stop", "bob").orFail();
            Ran.of(
                    Duration.ofSeconds(20),
                    "curl",
                    "-s",
                    "http://localhost:" + tunnel.localPort() + "/api");
            outer.audit()
                    .await(
                            mark,
                            "the inner door's own reason",
                            event -> event.text("event.reason").equals("WORKSPACE_STOPPED"));
            assertThat(tunnel.output()).contains("WORKSPACE_STOPPED");
        }
    }

    @Test
    void aCommandRunsInsideTheInnerWorkspaceAndIsHungUpWithItsClient() throws Exception {
        assertThat(outer.ssh("ada").run("echo $HOME; exit 9"))
                .satisfies(ran -> {
                    assertThat(ran.stdout()).contains("bob");
                    assertThat(ran.exit()).isEqualTo(9);
                });

        Process ssh =
                new ProcessBuilder(outer.ssh("ada").command("sleep 86399"))
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        await("it runs").atMost(Duration.ofSeconds(20)).until(KeyholeBehindKeyholeTest::sleeps);
        ssh.destroyForcibly().waitFor();
        await("it is hung up")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !KeyholeBehindKeyholeTest.sleeps());
    }

    private static boolean sleeps() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().arguments().map(List::of).orElse(List.of()))
                .anyMatch(words -> words.equals(List.of("86399")));
    }
}

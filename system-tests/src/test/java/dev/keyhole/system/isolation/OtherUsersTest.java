package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.TestVenv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sharing a machine with a workspace gives nobody a way into it, nor the workspace a way into its door. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherUsersTest {
    private static final Duration SHORT = Duration.ofSeconds(20);

    /** Tries to connect; its status says whether that worked. */
    private static final String CONNECT =
            """
            import socket, sys
            kind, place = sys.argv[1:]
            family = socket.AF_UNIX if kind == "unix" else socket.AF_INET
            client = socket.socket(family, socket.SOCK_STREAM)
            client.connect(place if kind == "unix" else ("127.0.0.1", int(place)))
            """;

    private final Door door = Door.up();
    private final RunningWorkspace workspace = RunningWorkspace.of(door);

    @AfterAll
    void close() {
        workspace.close();
        door.close();
    }

    @Test
    void theOnlyPortIsTheDoors() {
        Set<Long> pids = workspace.pids();
        assertThat(pids).as("keeper, door, notebook, kernel, TensorBoard").hasSizeGreaterThan(4);
        assertThat(Sockets.tcpPorts(pids)).containsExactly(door.port());
    }

    @Test
    void nobodyElseOpensTheNotebooksSocketsNorAKernels() {
        assumeTrue(OtherUser.weAreRoot(), "without root there is no other user to act as");
        Set<Path> sockets = Sockets.unixPaths(workspace.pids());
        Set<String> names =
                sockets.stream()
                        .map(socket -> socket.getFileName().toString())
                        .collect(Collectors.toSet());
        assertThat(names)
                .contains("jupyter.sock", "tensorboard.sock")
                .anyMatch(name -> name.matches("kernel-.*-ipc-[1-5]"));
        for (Path socket : sockets) {
            Ran stranger = connect(OtherUser.NOBODY, "unix", socket.toString());
            assertThat(stranger.exit()).as(socket + ": " + stranger).isEqualTo(1);
            assertThat(stranger.stderr()).contains("PermissionError");
        }
        for (Path socket : sockets) {
            if (socket.getFileName().toString().matches("kernel-.*|jupyter.sock")) {
                Ran owner = connect(OtherUser.of(door), "unix", socket.toString());
                assertThat(owner.exit()).as(socket + ": " + owner).isZero();
            }
        }
    }

    /** Why kernels must not use TCP: the very same attempt finds such a kernel open. */
    @Test
    void aKernelOnTcpWouldBeOpenToEverybody() throws IOException, InterruptedException {
        Path place = Places.fresh("kernel");
        int shell = Ports.free();
        Path connection = place.resolve("connection.json");
        Files.writeString(
                connection,
                """
                {"transport": "tcp", "ip": "127.0.0.1", "key": "k", "signature_scheme": "hmac-sha256",
                 "shell_port": %d, "iopub_port": 0, "stdin_port": 0, "control_port": 0, "hb_port": 0}
                """
                        .formatted(shell));
        Process kernel =
                new ProcessBuilder(
                                TestVenv.shared().resolve("bin/python").toString(),
                                "-m",
                                "ipykernel_launcher",
                                "-f",
                                connection.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(place.resolve("log").toFile())
                        .start();
        try {
            Ports.awaitAccepting(shell, Duration.ofSeconds(60));
            assertThat(Sockets.tcpPorts(Set.of(kernel.pid()))).contains(shell);
            assertThat(connect(OtherUser.NOBODY, "tcp", "" + shell).exit()).isZero();
        } finally {
            kernel.destroyForcibly().waitFor();
            Places.remove(place);
        }
    }

    @Test
    void theNotebooksUserCannotReadWhatIsTheDoorsNorEndIt() {
        assumeTrue(OtherUser.weAreRoot(), "without root there is no other user to act as");
        OtherUser notebook = OtherUser.of(door);
        Path own = door.home().resolve("workspaces/ada/home");
        assertThat(as(notebook, "ls", own.toString()).exit()).isZero();
        for (String secret :
                new String[] {"door/ssh_host_ed25519_key", "audit/audit.jsonl", "run/door.yaml"}) {
            Path file = door.home().resolve(secret);
            assertThat(file).exists();
            assertThat(as(notebook, "cat", file.toString()).stderr())
                    .as(secret)
                    .contains("Permission denied");
        }
        for (long pid : new long[] {door.doorPid(), door.upPid()}) {
            assertThat(as(notebook, "kill", "-TERM", "" + pid).stderr()).contains("not permitted");
            assertThat(as(notebook, "cat", "/proc/" + pid + "/environ").exit()).isNotZero();
        }
        assertThat(Ports.accepts(door.port())).isTrue();
    }

    private static Ran connect(OtherUser user, String kind, String place) {
        return as(user, "/usr/bin/python3", "-B", "-c", CONNECT, kind, place);
    }

    private static Ran as(OtherUser user, String... words) {
        return Ran.of(SHORT, user.command(words));
    }
}

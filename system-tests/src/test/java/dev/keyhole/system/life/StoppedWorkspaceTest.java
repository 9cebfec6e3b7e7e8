package dev.keyhole.system.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A notebook that its owner stopped, and one that cannot start. */
@ExtendWith(NoLeaks.class)
final class StoppedWorkspaceTest {
    @Test
    void afterAStopOnlyANewLoginStartsTheNotebookAgain() {
        try (Door door = Door.up();
                Tunnel old = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            assertThat(get(old).exit()).isZero();
            Jupyter stopped = Jupyter.of(door);
            door.ssh().run("keyhole", "stop").orFail();
            assertThat(stopped.isAlive()).isFalse();

            assertThat(get(old).exit()).isNotZero();
            awaitRefusal(old, "WORKSPACE_STOPPED");
            assertThat(door.ssh().run("keyhole", "status").orFail().stdout())
                    .contains("stopped (by its owner)");

            try (Tunnel fresh = door.ssh().tunnelTo(door.portOf("jupyter"))) {
                assertThat(get(fresh).exit()).isZero();
                assertThat(Jupyter.of(door)).isNotEqualTo(stopped);
            }
        }
    }

    @Test
    void aNotebookThatDiesAtStartIsReportedWithItsLastLines() throws IOException {
        DoorSetup usual = DoorSetup.usual();
        Path programs = brokenJupyter(usual.place());
        try (Door door =
                        Door.up(
                                usual.withEnvironment(
                                        "PATH", programs + ":" + System.getenv("PATH")));
                Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            assertThat(get(tunnel).exit()).isNotZero();
            awaitRefusal(tunnel, "WORKSPACE_FAILED");
            assertThat(door.ssh().run("keyhole", "status").orFail().stdout())
                    .contains("FAILED")
                    .contains("the notebook's disk is on strike");
            assertThat(door.ssh().run("keyhole", "logs").orFail().stdout())
                    .contains("the notebook's disk is on strike");
        } finally {
            Places.remove(usual.place());
        }
    }

    /** Answers like a Python with JupyterLab when asked, and ends at once when it is to serve. */
    private static Path brokenJupyter(Path place) throws IOException {
        Path programs =
                Files.createDirectory(
                        place.resolve("broken"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        Path python = programs.resolve("python3");
        Files.writeString(
                python,
                """
                #!/bin/sh
                case "$*" in
                *--version*) echo 4.5.0 ;;
                -c*)
                    echo "python %s"
                    echo "version 3.11"
                    echo "venv True"
                    echo "package jupyter_server 2.20.0"
                    echo "package jupyterlab 4.5.0" ;;
                *)
                    echo "the notebook's disk is on strike" >&2
                    exit 1 ;;
                esac
                """
                        .formatted(python));
        Files.writeString(programs.resolve("jupyter-lab"), "#!/bin/sh\nexit 1\n");
        for (Path program : new Path[] {python, programs.resolve("jupyter-lab")}) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return programs;
    }

    private static Ran get(Tunnel tunnel) {
        return Ran.of(Duration.ofSeconds(60), "curl", "-sSf", tunnel.url("/api").toString());
    }

    private static void awaitRefusal(Tunnel tunnel, String code) {
        Awaitility.await("ssh shows " + code)
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(tunnel.output()).contains("open failed").contains(code));
    }
}

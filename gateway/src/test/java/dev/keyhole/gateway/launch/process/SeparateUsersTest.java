package dev.keyhole.gateway.launch.process;

import static dev.keyhole.gateway.launch.process.Workshop.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only root can do: run each principal's services as an own OS user. */
class SeparateUsersTest {
    private static final PrincipalName PROBE = new PrincipalName("unit-test");

    @TempDir private Path home;

    private final OsUsers users = OsUsers.ofThisProcess();

    @BeforeEach
    void onlyAsRoot() throws Exception {
        assumeTrue(OsUser.current().isRoot());
        users.ensureDoor();
        users.ensure(PROBE, Path.of("/nonexistent"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void aServiceRunsWithoutPrivilegesAsItsOwnUser() throws Exception {
        String script =
                "grep -E '^(Uid|NoNewPrivs|CapEff|CapBnd)' /proc/self/status; echo ready; exec sleep 1000";
        try (var workshop = new Workshop(home, script, users, PROBE)) {
            RunningService running = workshop.startAndAwait("ready");
            OsUser user = users.of(PROBE);

            List<String> log = workshop.launcher().log(PROBE, SERVICE, 10);
            assertThat(log)
                    .contains(
                            "NoNewPrivs:\t1",
                            "CapEff:\t0000000000000000",
                            "CapBnd:\t0000000000000000")
                    .anyMatch(line -> line.startsWith("Uid:\t" + user.uid() + "\t" + user.uid()));
            assertThat(running.endpoint())
                    .isInstanceOfSatisfying(
                            Endpoint.Unix.class,
                            unix -> assertThat(unix.ownerUser()).isEqualTo("keyhole-unit-test"));
            assertThat(workshop.launcher().running(PROBE)).containsExactly(running);
        }
    }

    @Test
    void theSocketsDirectoryIsTheUsersAndTheDoorsGroup() throws Exception {
        try (var workshop = new Workshop(home, Workshop.STAYS, users, PROBE)) {
            var endpoint = (Endpoint.Unix) workshop.startAndAwait("ready").endpoint();
            Path directory = endpoint.socket().getParent();

            assertThat(Files.readAttributes(directory, "unix:uid,gid,mode"))
                    .containsEntry("uid", (int) users.of(PROBE).uid())
                    .containsEntry("gid", (int) users.door().gid())
                    .containsEntry("mode", 0042710);
        }
    }

    @Test
    void theUserCanChangeNeitherItsRecordNorItsLog() throws Exception {
        String script =
                "cd ..; echo x 2>/dev/null >run/jupyter.service || echo kept;"
                        + " rm -rf log run/jupyter.service 2>/dev/null || echo there; echo ready; exec sleep 1000";
        try (var workshop = new Workshop(home, script, users, PROBE)) {
            RunningService running = workshop.startAndAwait("ready");

            assertThat(workshop.launcher().log(PROBE, SERVICE, 10)).contains("kept", "there");
            assertThat(workshop.launcher().running(PROBE)).containsExactly(running);
        }
    }

    @Test
    void aHomeThatTheUserCannotReachIsNamed() throws Exception {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        try (var workshop = new Workshop(home.resolve("below"), Workshop.STAYS, users, PROBE)) {
            assertThatThrownBy(() -> workshop.launcher().start(PROBE, SERVICE))
                    .isInstanceOf(LaunchFailure.class)
                    .hasMessageContaining("cannot get into " + home);
        }
    }

    @Test
    void makingAUserTwiceGivesTheSameOne() throws Exception {
        assertThat(users.ensure(PROBE, Path.of("/nonexistent"))).isEqualTo(users.of(PROBE));
    }
}

package dev.keyhole.gateway.launch.process;

import static dev.keyhole.gateway.launch.process.Workshop.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.Resources;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The walls as this machine's kernel builds them; only root can. */
@Timeout(120)
class ConfinementTest {
    private static final PrincipalName PROBE = new PrincipalName("unit-walls");

    /** Thirty people with kernels are in the system tests. */
    private static final int MANY = 8;

    @TempDir private Path home;

    private final OsUsers users = OsUsers.ofThisProcess();

    @BeforeEach
    void onlyAsRoot() throws Exception {
        assumeTrue(OsUser.current().isRoot());
        users.ensureDoor();
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void limitsHoldForWhatRunsAndForWhatStartsLater() throws Exception {
        try (var workshop = workshop(Workshop.STAYS)) {
            workshop.launcher().limit(PROBE, limits(64 << 20, 50));
            workshop.startAndAwait("ready");
            ControlGroup group = new ControlGroup(walls(workshop).groups());
            assumeTrue(group.limit(limits(64 << 20, 50)).isEmpty(), "no control groups here");
            assertThat(pidsMax(group)).isEqualTo("50");

            workshop.launcher().limit(PROBE, limits(64 << 20, 70));

            assertThat(pidsMax(group)).isEqualTo("70");
        } finally {
            retire();
        }
    }

    @Test
    void aRetiredPrincipalLeavesNothingThatALaterUserCouldRead() throws Exception {
        try (var workshop = workshop("echo secret > ~/kept; " + Workshop.STAYS)) {
            workshop.launcher().prepare(PROBE);
            var running = workshop.startAndAwait("ready");
            OsUser user = users.of(PROBE);
            assertThat(user.home()).isEqualTo(home.resolve("workspaces/unit-walls/home"));

            workshop.launcher().retire(PROBE);

            assertThat(Workshop.isAlive(running)).isFalse();
            assertThatThrownBy(() -> users.of(PROBE)).hasMessageContaining("no OS user");
            assertThat(home.resolve("workspaces/unit-walls")).doesNotExist();
            Path removed = home.resolve("removed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(removed)))
                    .isEqualTo("rwx------");
            try (var kept = Files.list(removed)) {
                assertThat(kept.toList())
                        .singleElement()
                        .satisfies(
                                put -> assertThat(put.resolve("home/kept")).hasContent("secret"));
            }
            workshop.launcher().retire(PROBE); // what is done is no failure
        }
    }

    @Test
    void aPortOfItsOwnLoopbackIsReachedFromOutsideAndOnlyThrough() throws Exception {
        String server =
                "exec /usr/bin/python3 -u -c 'import socket\n"
                        + "s = socket.create_server((\"127.0.0.1\", 6019)); print(\"ready\")\n"
                        + "while True: c, a = s.accept(); c.sendall(b\"hello\"); c.close()'";
        try (var workshop = workshop(server)) {
            workshop.startAndAwait("ready");
            assumeTrue(walls(workshop).network().isPresent(), "no network namespaces here");

            try (SocketChannel inside = workshop.launcher().connect(PROBE, 6019).orElseThrow()) {
                ByteBuffer bytes = ByteBuffer.allocate(5);
                while (bytes.hasRemaining() && inside.read(bytes) >= 0) {}
                assertThat(new String(bytes.array(), java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo("hello");
            }
            assertThat(workshop.launcher().connect(PROBE, 6020)).isEmpty();
            assertThatThrownBy(() ->
                            SocketChannel.open(new java.net.InetSocketAddress("127.0.0.1", 6019)))
                    .isInstanceOf(java.net.ConnectException.class);
        } finally {
            retire();
        }
    }

    @Test
    void halfBuiltWallsAreClearedBeforeNewOnesAreBuilt() throws Exception {
        try (var workshop = workshop(Workshop.STAYS)) {
            workshop.startAndAwait("ready");
            Walls whole = walls(workshop);
            Path file = WallRecords.file(workshop.layout.workspaceRun(PROBE));
            // As if the launcher had died between the keeper's start and the record of its pid.
            new WallRecords(workshop.layout)
                    .write(
                            file,
                            new Walls(
                                    whole.id(),
                                    whole.bootId(),
                                    0,
                                    0,
                                    whole.scratch(),
                                    whole.network(),
                                    whole.groups(),
                                    List.of(),
                                    List.of()));
            workshop.records.remove(PROBE, SERVICE);

            workshop.startAndAwait("ready");

            assertThat(new ProcessTable().alive(whole.pid(), whole.startTime())).isEmpty();
            assertThat(whole.scratch()).doesNotExist();
            assertThat(walls(workshop).id()).isNotEqualTo(whole.id());
        } finally {
            retire();
        }
    }

    @Test
    void manyWorkspacesStandSideBySide() throws Exception {
        List<Workshop> all = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                PrincipalName owner = new PrincipalName("unit-walls-" + i);
                Workshop workshop =
                        new Workshop(home, "hostname -I; " + Workshop.STAYS, users, owner);
                all.add(workshop);
                workshop.launcher().start(owner, SERVICE);
            }
            List<Walls> walls = new WallRecords(all.getFirst().layout).all();
            assertThat(walls).hasSize(MANY).allMatch(Walls::isBuilt);
            assertThat(walls).extracting(Walls::network).doesNotHaveDuplicates();
            assertThat(walls).extracting(Walls::pid).doesNotHaveDuplicates();
        } finally {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).launcher().retire(new PrincipalName("unit-walls-" + i));
            }
        }
        await().atMost(Duration.ofSeconds(5))
                .until(() -> new WallRecords(all.getFirst().layout).all().isEmpty());
    }

    @Test
    void whatTheMachineAllowsIsFoundOutWithoutATrace() throws Exception {
        Workshop workshop = workshop(Workshop.STAYS);
        Files.createDirectories(workshop.layout.run());
        var confinement =
                new Confinement(
                        workshop.layout,
                        Resources.UNSAID,
                        dev.keyhole.gateway.model.AddressBlock.parse("100.96.0.0/16"),
                        false);

        assertThat(confinement.machine())
                .extracting(IsolationPart::word)
                .contains("user", "files", "processes", "devices", "network", "memory", "pids");

        assertThat(new WallRecords(workshop.layout).all()).isEmpty();
        try (var left = Files.list(workshop.layout.run())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("own-"));
        }
    }

    private Workshop workshop(String script) {
        return new Workshop(home, script, users, PROBE);
    }

    private void retire() throws Exception {
        workshop(Workshop.STAYS).launcher().retire(PROBE);
    }

    private static Walls walls(Workshop workshop) {
        return new WallRecords(workshop.layout)
                .read(WallRecords.file(workshop.layout.workspaceRun(PROBE)))
                .orElseThrow();
    }

    private static Resources limits(long memory, int pids) {
        return new Resources(
                OptionalLong.of(memory), Optional.empty(), OptionalInt.of(pids), Optional.empty());
    }

    private static String pidsMax(ControlGroup group) throws Exception {
        for (Path directory : group.directories()) {
            if (Files.exists(directory.resolve("pids.max"))) {
                return Files.readString(directory.resolve("pids.max")).strip();
            }
        }
        return "";
    }
}

package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Soak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Walls are there from the first process to the last, whatever happens to who built them, and then they are gone. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WallsLifeTest {
    private static final long SEED = 20261123;

    private SharedMachine machine;
    private Person alice;
    private Person bob;

    @BeforeAll
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there are no walls");
        machine = SharedMachine.open("memory: 1GiB, pids: 300");
        alice = machine.alice();
        bob = machine.bob();
    }

    @AfterAll
    void close() {
        if (machine != null) {
            // What a command left behind must not hold the walls up when everything ends.
            machine.operator("principal", "set", bob.name(), "--shell").orFail();
            bob.exec("setsid nohup sleep 1000 >/dev/null 2>&1 </dev/null &").orFail();
            assertThat(bob.wallsStand()).isTrue();
            machine.close();
            assertThat(SharedMachine.traces()).noneMatch(trace -> trace.contains("wall-"));
        }
    }

    /** Nothing leads to it but its group. */
    @Test
    void aProcessThatHidesWhereItComesFromEndsWithTheWorkspace() {
        alice.atWork();
        alice.starts(
                "setsid env -i /bin/sh -c 'echo $$ > /tmp/hidden; exec sleep 1000' & touch /tmp/there",
                "/tmp/hidden");
        long pid = Long.parseLong(alice.does("cat /tmp/hidden"));
        assertThat(Processes.isAlive(pid)).isTrue();

        alice.keyhole("stop").orFail();

        assertThat(Processes.isAlive(pid)).isFalse();
        assertThat(alice.wallsStand()).isFalse();
    }

    @Test
    void whatAWorkspaceHadIsGoneWithItsLastProcess() throws IOException {
        bob.atWork();
        bob.does("echo x > /tmp/x");
        String scratch = bob.wall("scratch");
        String group = bob.wall("group");
        long keeper = Long.parseLong(bob.wall("pid"));
        assertThat(Path.of(scratch)).isDirectory();

        bob.keyhole("stop").orFail();

        assertThat(Path.of(scratch)).doesNotExist();
        assertThat(Path.of(group)).doesNotExist();
        assertThat(Processes.isAlive(keeper)).isFalse();
        assertThat(SharedMachine.traces()).noneMatch(trace -> trace.contains(bob.name()));
    }

    @Test
    void aBrokerThatWasKilledLeavesWallsThatTheNextOneUses() {
        alice.atWork();
        alice.python("x = 1");
        String keeper = alice.wall("pid");
        machine.killBroker();
        machine.serve();

        alice.leave();
        alice.tunnelAgain();
        assertThat(alice.python("print(x)")).isEqualTo("1");
        assertThat(alice.wall("pid")).isEqualTo(keeper);
        alice.does("curl -sS --unix-socket " + alice.socket() + " http://localhost/api");
        alice.keyhole("stop").orFail();
        assertThat(alice.wallsStand()).isFalse();
    }

    /** At whatever moment of a start: the next start works, and nothing of the unfinished one is left. */
    @Test
    void aBrokerThatIsKilledDuringAStartLeavesNothingThatIsNotFoundAgain() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < Soak.count(100, 4); round++) {
            var start = CompletableFuture.runAsync(() -> bob.keyhole("start"));
            try {
                start.get(random.nextInt(1_500), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                assertThat(start).isNotDone();
            }
            machine.killBroker();
            start.handle((done, failed) -> done).get();
            machine.serve();
        }
        bob.keyhole("start").orFail();
        assertThat(bob.wallsStand()).isTrue();
        List<String> own =
                SharedMachine.traces().stream()
                        .filter(trace -> trace.contains(bob.name()))
                        .toList();
        assertThat(own).as("one directory in each tree").doesNotHaveDuplicates();
        assertThat(keepersOf(bob)).hasSize(1);
        bob.keyhole("stop").orFail();
        assertThat(keepersOf(bob)).isEmpty();
        try (var left = Files.list(bob.workspace().resolve("run"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("own-") || name.equals("walls"));
        }
    }

    private static List<Long> keepersOf(Person person) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> keeps(pid, person))
                .toList();
    }

    private static boolean keeps(long pid, Person person) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ")).contains("KEYHOLE_WALLS=")
                    && Files.readString(Path.of("/proc/" + pid + "/mountinfo"))
                            .contains(person.workspace().resolve("run") + "/own-");
        } catch (IOException e) {
            return false;
        }
    }
}

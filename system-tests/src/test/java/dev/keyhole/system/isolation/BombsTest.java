package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** W7 and R7: who takes all that there is takes only what is his, and the neighbour and the door notice nothing. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BombsTest {
    private static final int PIDS = 150;

    private SharedMachine machine;
    private Person alice;
    private Person bob;

    @BeforeAll
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there is only one OS user");
        machine = SharedMachine.open("memory: 512MiB, cpus: 1, pids: " + PIDS);
        machine.operator("principal", "set", machine.alice().name(), "--shell").orFail();
        alice = machine.alice().atWork();
        bob = machine.bob().atWork();
        bob.python("kept = 17");
    }

    @AfterAll
    void close() {
        if (machine != null) {
            machine.close();
        }
    }

    @Test
    void aForkBombEndsAtItsLimit() {
        String forks =
                """
                import os, signal
                children = []
                try:
                    while len(children) < 2000:
                        pid = os.fork()
                        if pid == 0:
                            signal.pause()
                            os._exit(0)
                        children.append(pid)
                except BlockingIOError:
                    pass
                print(len(children))
                for pid in children:
                    os.kill(pid, 9)
                    os.waitpid(pid, 0)
                """;
        int forked =
                Integer.parseInt(
                        alice.exec("python3 -c '" + forks + "'").orFail().stdout().strip());
        assertThat(forked).isBetween(20, PIDS);
        assertUnharmed();
    }

    @Test
    void aForkBombThatGoesOnHurtsOnlyItsOwner() {
        alice.exec("(setsid sh -c 'bomb() { bomb | bomb & }; bomb' >/dev/null 2>&1 </dev/null &)");
        for (int i = 0; i < 5; i++) {
            assertUnharmed();
        }
        alice.keyhole("stop").orFail();
        assertThat(alice.wallsStand()).as("it can be ended").isFalse();
        assertThat(alice.exec("echo back").orFail().stdout()).isEqualTo("back\n");
    }

    /** R7. */
    @Test
    void twiceTheMemoryEndsTheProcessThatTookItAndNobodyElse() {
        Ran greedy =
                alice.exec(
                        "python3 -c 'b = bytearray(1 << 30)\nfor i in range(0, 1 << 30, 4096): b[i] = 1'");
        assertThat(greedy.exit()).as(greedy.toString()).isNotZero();
        assertUnharmed();
        Awaitility.await("it is audited")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        Files.readString(machine.home().resolve("audit/audit.jsonl"))
                                .contains("workspace-out-of-memory"));
    }

    @Test
    void sharedMemoryCountsAsTheWorkspacesOwn() {
        Ran filled = alice.exec("head -c 1073741824 /dev/zero > /dev/shm/big");
        assertThat(filled.exit()).as(filled.toString()).isNotZero();
        assertUnharmed();
        alice.keyhole("stop").orFail();
        assertThat(alice.exec("ls -A /dev/shm").orFail().stdout()).isEmpty();
    }

    @Test
    void theProcessorIsShared() {
        Ran quota =
                alice.exec(
                        "cat /sys/fs/cgroup/cpu*/cpu.cfs_quota_us /sys/fs/cgroup/cpu.max 2>/dev/null");
        assertThat(quota.stdout()).startsWith("100000");
    }

    private void assertUnharmed() {
        Awaitility.await("bob's notebook answers")
                .atMost(Duration.ofSeconds(10))
                .until(bob::answers);
        assertThat(bob.python("print(kept)")).as("his kernel is the same").isEqualTo("17");
        assertThat(Ports.accepts(machine.port())).isTrue();
        Ran status = bob.keyhole("status");
        assertThat(status.exit()).as(status.toString()).isZero();
    }
}

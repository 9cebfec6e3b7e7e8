package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people work on one machine, and the curious one finds nothing of the other. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NeighboursTest {
    private SharedMachine machine;
    private Person alice;
    private Person bob;

    @BeforeAll
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there is only one OS user");
        machine = SharedMachine.open("memory: 1GiB, pids: 300");
        alice = machine.alice().atWork();
        bob = machine.bob().atWork();
    }

    @AfterAll
    void close() {
        if (machine != null) {
            machine.close();
        }
    }

    @Test
    void everyWallStandsOnThisMachineAndThatDisksHaveNoneIsSaid() {
        String status = alice.keyhole("status").orFail().stdout();
        for (String told : List.of(machine.said(), status)) {
            assertThat(told.lines().filter(line -> line.contains("not isolated")))
                    .singleElement()
                    .asString()
                    .contains("not isolated: disk");
        }
    }

    /** W1. */
    @Test
    void theNeighboursSocketIsOutOfReach() {
        Path socket = alice.socket();
        assertThat(socket).exists();
        assertThat(bob.sh("stat " + socket)).startsWith("1").contains("Permission denied");
        assertThat(bob.sh("ls " + socket.getParent())).startsWith("2").contains("denied");
        assertThat(bob.sh("curl -sS --unix-socket " + socket + " http://localhost/api"))
                .startsWith("7");
    }

    /** W1: the listener is asked who it is, so a link in the place of the socket leads nowhere. */
    @Test
    void aLinkToTheNeighboursSocketIsRefused() throws IOException {
        // As bob could: the directory is his. By root here, for his kernel is reached through it.
        Path own = bob.socket();
        Path aside = own.resolveSibling("aside");
        Files.move(own, aside);
        Files.createSymbolicLink(own, alice.socket());
        try {
            Ran refused = bob.reach("jupyter:80");
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.stderr()).contains("NOT_YOUR_LISTENER");
        } finally {
            Files.delete(own);
            Files.move(aside, own);
        }
        assertThat(bob.answers()).isTrue();
    }

    /** W2. */
    @Test
    void kernelsAndNotebooksListenOnNoTcpPort() {
        assertThat(bob.does("cat /proc/net/tcp /proc/net/tcp6 | grep -c ' 0A ' || true"))
                .isEqualTo("0");
    }

    /** W3. */
    @Test
    void theNeighboursOwnServerAnswersItsOwnerAndNobodyElse() {
        alice.starts(
                "cd /tmp && echo hers > index.html && python3 -m http.server --bind 0.0.0.0 6017 &"
                        + " until curl -sf http://127.0.0.1:6017/; do sleep 0.1; done; touch /tmp/up; wait",
                "/tmp/up");
        String address = alice.does("hostname -I").split(" ")[0];
        assertThat(bob.sh("curl -sS -m 5 http://127.0.0.1:6017/")).startsWith("7");
        assertThat(bob.sh("curl -sS -m 5 http://" + address + ":6017/")).doesNotStartWith("0");
        Ran refused = bob.reach("localhost:6017");
        assertThat(refused.stderr()).contains("NOT_YOUR_LISTENER");

        Ran own = alice.reach("localhost:6017");
        assertThat(own.stderr()).doesNotContain("NOT_YOUR_LISTENER");
        Ran root = Ran.of(Duration.ofSeconds(10), "curl", "-sS", "-m", "5", "127.0.0.1:6017");
        assertThat(root.exit()).as("the machine's own loopback").isEqualTo(7);
    }

    /** W4. */
    @Test
    void noProcessOfAnybodyElseIsSeen() {
        String others =
                "import os\n"
                        + "print([p for p in os.listdir('/proc') if p.isdigit()"
                        + " and os.stat('/proc/' + p).st_uid != os.getuid()])";
        assertThat(bob.python(others)).isEqualTo("[]");
        String pid = alice.python("import os; print(os.getpid())");
        for (String file : List.of("environ", "cmdline", "status", "fd", "maps")) {
            assertThat(bob.sh("ls /proc/" + pid + "/" + file)).startsWith("2");
        }
        assertThat(bob.does("ps -e -o user= | sort -u")).isEqualTo(bob.osUser());
        assertThat(bob.does("ps -e -o args=")).doesNotContain("wall-alice");
        assertThat(
                        bob.sh(
                                "cat /sys/fs/cgroup/*/cgroup.procs /sys/fs/cgroup/cgroup.procs | grep -x "
                                        + pid))
                .startsWith("1");
        assertThat(bob.sh("grep -r wall-alice /sys/fs/cgroup /proc/self/mountinfo /etc/passwd.x"))
                .doesNotContain("wall-alice/");
    }

    /** W5. */
    @Test
    void filesAndSharedMemoryOfTheNeighbourAreOutOfReach() {
        alice.does(
                "echo secret > /tmp/hers; echo secret > /var/tmp/hers; echo secret > /dev/shm/hers");
        alice.does("umask; ipcmk -Q; echo secret > ~/hers; chmod 666 ~/hers");
        assertThat(bob.sh("ls -A /tmp /var/tmp /dev/shm")).doesNotContain("hers");
        assertThat(bob.sh("cat " + alice.workspace().resolve("home/hers"))).contains("denied");
        assertThat(bob.sh("ls " + alice.workspace().resolve("run"))).contains("denied");
        assertThat(bob.sh("cat " + alice.wall("scratch") + "/tmp/hers")).contains("denied");
        assertThat(bob.does("ipcs -q | grep -c 0x || true")).isEqualTo("0");
        assertThat(alice.does("ipcs -q | grep -c 0x || true")).isEqualTo("1");
    }

    /** W5. */
    @Test
    void theNeighbourIsNeitherSignalledNorTracedNorSpokenTo() {
        String pid = alice.python("import os; print(os.getpid())");
        assertThat(bob.sh("kill -0 " + pid)).startsWith("1");
        String trace =
                "import ctypes\n"
                        + "libc = ctypes.CDLL(None, use_errno=True)\n"
                        + "print(libc.ptrace(16, "
                        + pid
                        + ", 0, 0), ctypes.get_errno())";
        assertThat(bob.python(trace)).isEqualTo("-1 1");
        alice.python(
                "import socket\n"
                        + "hers = socket.socket(socket.AF_UNIX)\n"
                        + "hers.bind('\\0hers')\n"
                        + "hers.listen()");
        assertThat(
                        bob.python(
                                "import socket\n"
                                        + "try:\n"
                                        + "    socket.socket(socket.AF_UNIX).connect('\\0hers')\n"
                                        + "except OSError as e:\n"
                                        + "    print(type(e).__name__)"))
                .isEqualTo("ConnectionRefusedError");
    }

    /** W6. */
    @Test
    void nobodyInsideHasOrGetsPrivileges() {
        assertThat(bob.does("id -u")).isNotEqualTo("0");
        assertThat(bob.sh("sudo -n true")).doesNotStartWith("0");
        assertThat(bob.does("grep -E '^(NoNewPrivs|Cap(Eff|Prm|Bnd|Amb))' /proc/self/status"))
                .isEqualTo(
                        """
                        CapPrm:\t0000000000000000
                        CapEff:\t0000000000000000
                        CapBnd:\t0000000000000000
                        CapAmb:\t0000000000000000
                        NoNewPrivs:\t1\
                        """);
        assertThat(bob.does("umask")).isEqualTo("0077");
        // A program with the set-user-id bit runs as who started it.
        assertThat(
                        bob.sh(
                                "p=$(find / -xdev -perm -4000 -type f 2>/dev/null | head -n 1); test -n \"$p\""))
                .startsWith("0");
        assertThat(bob.sh("su -c true root </dev/null")).doesNotStartWith("0");
        assertThat(bob.sh("mount -t tmpfs x /tmp")).doesNotStartWith("0");
        assertThat(bob.sh("echo x > /sys/fs/cgroup/pids/pids.max")).doesNotStartWith("0");
        assertThat(bob.sh("nsenter -t 1 -n true; nsenter --net=/proc/1/ns/net true"))
                .doesNotStartWith("0");
    }

    /** W13. */
    @Test
    void aNameThatIsNoneIsAnErrorOfTheConfig() throws IOException {
        for (String name :
                List.of("../x", "a b", "-oProxyCommand=x", "a;b", "\\u00e4da", "a".repeat(255))) {
            Path file = machine.place().resolve("names.yaml");
            Files.writeString(
                    file,
                    "principals: {\"" + name + "\": {keys: [\"" + bob.key().line() + "\"]}}\n");
            Ran check =
                    Ran.of(
                            Duration.ofSeconds(30),
                            Places.command().toString(),
                            "config",
                            "check",
                            file.toString());
            assertThat(check.exit()).as(name + check).isNotZero();
            assertThat(check.stdout() + check.stderr()).as(name).contains("1-24");
        }
    }
}

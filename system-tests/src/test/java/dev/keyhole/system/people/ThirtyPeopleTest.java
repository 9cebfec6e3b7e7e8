package dev.keyhole.system.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.Door;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A class of thirty with a kernel each, all at once; then one of them looks around. */
class ThirtyPeopleTest {
    private static final int PEOPLE = 30;
    private static final String ALICE = "member01";
    private static final String BOB = "member02";

    private static Door door;
    private static SchoolClass people;
    private static final Map<String, Tunnel> TUNNELS = new LinkedHashMap<>();
    private static final Map<String, String> ANSWERS = new LinkedHashMap<>();

    @BeforeAll
    static void everybodyComputes() throws Exception {
        assumeTrue(OtherUser.weAreRoot(), "without root everybody is the same OS user");
        door = Door.up();
        people = SchoolClass.of(door, PEOPLE);
        // A few at a time, as a class that begins.
        try (ExecutorService few = Executors.newFixedThreadPool(4)) {
            Map<String, Future<String>> answers = new LinkedHashMap<>();
            for (String name : people.names()) {
                TUNNELS.put(name, people.ssh(name).tunnelTo(door.portOf("jupyter")));
                answers.put(name, few.submit(() -> compute(name)));
            }
            for (var answer : answers.entrySet()) {
                ANSWERS.put(answer.getKey(), answer.getValue().get());
            }
        }
    }

    private static String compute(String name) {
        Notebook notebook = notebook(name);
        return notebook.run(
                notebook.startKernel(),
                "import os, getpass; x = 6 * 7; print(x, os.getuid(), os.getcwd())");
    }

    @AfterAll
    static void theClassIsOver() {
        TUNNELS.values().forEach(Tunnel::close);
        if (OtherUser.weAreRoot()) {
            try (ExecutorService few = Executors.newFixedThreadPool(4)) {
                for (String name : people.names()) {
                    few.submit(() -> door.keyhole("principal", "remove", name, "--yes").orFail());
                }
            }
            door.close();
            assertThat(Ran.of(Duration.ofSeconds(10), "getent", "passwd").orFail().stdout())
                    .as("OS users that were made for the class")
                    .doesNotContain("keyhole-member");
        }
    }

    @Test
    void eachKernelComputesAsAnOsUserOfItsOwnInAHomeOfItsOwn() {
        Set<String> users = new HashSet<>();
        ANSWERS.forEach((name, answer) -> {
            String[] words = answer.split(" ");
            assertThat(words[0]).isEqualTo("42");
            assertThat(words[1]).isNotEqualTo("0");
            assertThat(words[2]).isEqualTo(home(name).toString());
            users.add(words[1]);
        });
        assertThat(users).hasSize(PEOPLE);
    }

    @Test
    void theSamePortOfEverybodyIsEverybodysOwn() {
        for (String name : List.of(ALICE, BOB)) {
            assertThat(
                            notebook(name)
                                    .run(
                                            notebook(name).kernels().getFirst(),
                                            "print(os.path.basename(os.path.dirname(os.getcwd())), x)"))
                    .isEqualTo(name + " 42");
        }
    }

    @Test
    void nothingOfThirtyPeopleListensOnATcpPort() {
        // The door's own port, and nothing else of ours, in the machine's network.
        String listeners = Ran.of(Duration.ofSeconds(10), "ss", "-ltnp").orFail().stdout();
        assertThat(listeners).contains(":" + door.port() + " ");
        for (String name : people.names()) {
            assertThat(as(name, "ss -ltn | tail -n +2").stdout()).as(name).isEmpty();
        }
    }

    @Test
    void oneFindsNothingOfAnother() {
        as(
                        ALICE,
                        "echo secret > ~/secret; echo secret > /tmp/secret; echo secret > /dev/shm/secret")
                .orFail();
        String uid = answer(ALICE).split(" ")[1];
        Path theirs = home(ALICE);

        assertThat(as(BOB, "cat " + theirs + "/secret").exit()).isNotZero();
        assertThat(as(BOB, "ls " + theirs).exit()).isNotZero();
        assertThat(as(BOB, "ls /tmp /var/tmp /dev/shm").stdout()).doesNotContain("secret");
        assertThat(as(BOB, "ps -e -o uid= | sort -u").orFail().stdout()).doesNotContain(uid);
        assertThat(as(BOB, "cat " + door.home() + "/door/keyhole.db").exit()).isNotZero();
        assertThat(as(BOB, "cat " + door.home() + "/audit/audit.jsonl").exit()).isNotZero();
        for (long pid : pidsOf(uid)) {
            assertThat(as(BOB, "kill -0 " + pid).exit()).isNotZero();
            assertThat(as(BOB, "cat /proc/" + pid + "/cmdline").exit()).isNotZero();
        }
    }

    @Test
    void anothersNameIsNoDestination() {
        for (String destination : List.of(ALICE, "jupyter." + ALICE, ALICE + ".jupyter")) {
            Ran ran = people.ssh(BOB).with("-W", destination + ":8888").run();
            assertThat(ran.exit()).isNotZero();
            assertThat(ran.stderr()).contains("SERVICE_UNKNOWN");
        }
    }

    @Test
    void aKeyOpensOneDoorOnlyUnderItsOwnName() {
        assertThat(people.ssh(BOB).as(ALICE).run("keyhole", "status").exit()).isEqualTo(255);
        assertThat(people.ssh(BOB).as("keyhole").run("keyhole", "me").orFail().stdout())
                .contains(BOB)
                .doesNotContain(ALICE);
    }

    @Test
    void whoIsLockedIsOutAndTheOthersGoOn() {
        String last = "member" + PEOPLE;
        Tunnel theirs = tunnel(last);

        door.keyhole("principal", "lock", last, "--reason", "the course is over").orFail();

        Awaitility.await("the locked one's session ends")
                .atMost(Duration.ofSeconds(5))
                .until(() -> !theirs.isOpen());
        assertThat(theirs.output()).contains("PRINCIPAL_LOCKED").contains("the course is over");
        assertThat(people.ssh(last).run("keyhole", "status").stderr()).contains("PRINCIPAL_LOCKED");
        assertThat(people.ssh(BOB).run("keyhole", "status").exit()).isZero();
    }

    private static Notebook notebook(String name) {
        return Notebook.through(tunnel(name));
    }

    private static Tunnel tunnel(String name) {
        return Objects.requireNonNull(TUNNELS.get(name));
    }

    private static String answer(String name) {
        return Objects.requireNonNull(ANSWERS.get(name));
    }

    private static Ran as(String name, String command) {
        return people.ssh(name).run(command);
    }

    private static Path home(String name) {
        return door.home().resolve("workspaces/" + name + "/home");
    }

    private static List<Long> pidsOf(String uid) {
        List<Long> pids = new ArrayList<>();
        for (String line :
                Ran.of(Duration.ofSeconds(10), "ps", "-e", "-o", "pid=,uid=")
                        .orFail()
                        .stdout()
                        .lines()
                        .toList()) {
            String[] words = line.strip().split(" +");
            if (words[1].equals(uid) && Processes.isAlive(Long.parseLong(words[0]))) {
                pids.add(Long.parseLong(words[0]));
            }
        }
        assertThat(pids).isNotEmpty();
        return pids;
    }
}

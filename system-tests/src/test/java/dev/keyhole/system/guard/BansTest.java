package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Ssh;
import dev.keyhole.system.Tunnel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stock ssh against a door that punishes: who is refused and what it reads, and who is not. Each test has addresses of its own. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BansTest {
    private static final Pattern INCIDENT =
            Pattern.compile("\\(incident ([2-9a-z]{4}-[2-9a-z]{4})\\)");

    private final Path place = Places.fresh("bans");
    private final KeyFile unknown = KeyFile.make(place, "unknown");
    private final ServedDoor door =
            ServedDoor.of("ban:\n  penalty: {login-failed: 20s, least: 1s}\n", "ada");

    @AfterAll
    void close() {
        door.close();
        Places.remove(place);
    }

    private Ssh from(String address) {
        return door.ssh("ada").with("-b", address);
    }

    private Ran login(String address) {
        return from(address).run("keyhole", "help");
    }

    private void fail(String address) {
        assertThat(from(address).withKey(unknown).run("true").stderr())
                .contains("Permission denied");
    }

    /** The refusal, once the failure before it is counted. */
    private String refusal(String address) {
        return Awaitility.await("refused: " + address)
                .atMost(Duration.ofSeconds(15))
                .until(() -> login(address).stderr(), said -> said.contains("SOURCE_PENALISED"));
    }

    private static String incident(String refusal) {
        Matcher incident = INCIDENT.matcher(refusal);
        assertThat(incident.find()).as(refusal).isTrue();
        return incident.group(1);
    }

    @Test
    void aRefusedClientReadsUntilWhenAndThenGetsInAgain() {
        fail("127.0.0.5");
        String said = refusal("127.0.0.5");
        assertThat(said)
                .contains("SOURCE_PENALISED: Too many connections from 127.0.0.5 failed")
                .containsPattern("until \\d\\d:\\d\\d UTC \\(incident ");
        assertThat(login("127.0.0.6").exit()).as("a neighbour").isZero();
        assertThat(door.keyhole("ban", "list").orFail().stdout())
                .contains("127.0.0.5/32")
                .contains(incident(said));
        assertThat(door.keyhole("ban", "why", incident(said)).orFail().stdout())
                .contains("127.0.0.5/32: refused until")
                .contains("1 auth-failed")
                .contains("nobody logged in from there lately");
        Awaitility.await("the penalty is over")
                .atMost(Duration.ofSeconds(40))
                .until(() -> login("127.0.0.5").exit() == 0);
    }

    @Test
    void fiftyPeopleBehindOneNatGetInBesideOneWhoFails() throws Exception {
        assertThat(login("127.0.0.9").exit()).isZero();
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            List<Future<?>> all = new ArrayList<>();
            for (int person = 0; person < 50; person++) {
                if (person % 10 == 0) {
                    from("127.0.0.9").withKey(unknown).run("true");
                }
                all.add(
                        people.submit(() ->
                                Awaitility.await("in, while two at a time may try")
                                        .atMost(Duration.ofSeconds(30))
                                        .pollInterval(Duration.ofMillis(500))
                                        .until(() -> login("127.0.0.9").exit() == 0)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(door.keyhole("ban", "why", "127.0.0.9").orFail().stdout())
                .contains("refused until")
                .contains("two connections at a time may try");
    }

    @Test
    void anOperatorsBanSparesWhoIsInsideOutlivesTheDoorAndIsNoMembersToLift() {
        try (Tunnel live = from("127.0.0.8").tunnel("localhost", 8888)) {
            String added =
                    door.keyhole("ban", "add", "127.0.0.8", "--reason", "tests", "--for", "1h")
                            .orFail()
                            .stdout();
            assertThat(added)
                    .contains("127.0.0.8/32 is banned until")
                    .contains("sessions from there go on");
            assertThat(refusal("127.0.0.8"))
                    .as("a friend is no exception")
                    .contains("The operator takes no connection from 127.0.0.8 until")
                    .contains("tests");
            assertThat(live.isOpen()).isTrue();
            assertThat(door.keyhole("session", "list").orFail().stdout()).contains("127.0.0.8");
            Ran unban = from("127.0.0.12").run("keyhole", "unban", incident(added));
            assertThat(unban.exit()).isNotZero();
            assertThat(unban.stdout() + unban.stderr()).contains("OPERATOR_ONLY");
        }
        door.restart();
        refusal("127.0.0.8");
        door.keyhole("ban", "remove", "127.0.0.8").orFail();
        assertThat(login("127.0.0.8").exit()).isZero();
        assertThat(door.keyhole("ban", "remove", "127.0.0.8").stderr()).contains("is not banned");
    }

    @Test
    void whoIsLockedOutLiftsItFromElsewhere() {
        fail("127.0.0.10");
        String incident = incident(refusal("127.0.0.10"));
        assertThat(from("127.0.0.11").run("keyhole", "unban", "2222-2222").exit()).isNotZero();
        assertThat(from("127.0.0.11").run("keyhole", "unban", incident).orFail().stdout())
                .contains("127.0.0.10/32 may connect again");
        assertThat(login("127.0.0.10").exit()).isZero();
    }

    @Test
    void anAgentWithTenKeysIsToldAndNotBannedForEachKey() {
        List<String> options = new ArrayList<>(List.of("-o", "IdentitiesOnly=yes"));
        for (int key = 0; key < 9; key++) {
            options.add("-i");
            options.add(KeyFile.make(place, "agent" + key).file().toString());
        }
        Ran tooMany =
                from("127.0.0.13")
                        .withKey(unknown)
                        .with(options.toArray(String[]::new))
                        .run("true");
        assertThat(tooMany.stderr()).contains("TOO_MANY_TRIES").contains("IdentitiesOnly=yes");
        String said = refusal("127.0.0.13");
        assertThat(door.keyhole("ban", "why", incident(said)).orFail().stdout())
                .as("ten keys are one failure")
                .contains("1 auth-failed")
                .contains("in a row: 1");
    }

    @Test
    void anOperatorIsKeptFromBanningItself() {
        Ran own =
                Ran.of(
                        Duration.ofSeconds(60),
                        new ProcessBuilder(
                                "env",
                                "SSH_CONNECTION=127.0.0.77 1 127.0.0.1 22",
                                Places.command().toString(),
                                "ban",
                                "add",
                                "127.0.0.0/24",
                                "--home",
                                door.home().toString()));
        assertThat(own.exit()).isNotZero();
        assertThat(own.stderr())
                .contains("CHANGE_REFUSED")
                .contains("127.0.0.77")
                .contains("--force");
    }
}

package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a client says, a line of the auth log blames the peer that the kernel names, and nobody else. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuthLogTest {
    private static final String VICTIM = "9.9.9.9";

    private GuardedDoor door;
    private Visitor ada;
    private Visitor attacker;

    @BeforeAll
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there are no networks");
        door = GuardedDoor.open(GuardedDoor.NOBODY_IS_BANNED);
        ada = door.ada();
        attacker = door.stranger();
    }

    @AfterAll
    void close() {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void aLoginNameBlamesNobodyElse() throws IOException {
        for (String text : Injections.of(VICTIM)) {
            int before = lines().size();
            attacker.says("", "", text, 1);
            assertOneMore(before, text);
        }
    }

    @Test
    void anIdentificationBlamesNobodyElse() throws IOException {
        for (String text : Injections.of(VICTIM)) {
            int before = lines().size();
            attacker.says("", "SSH-2.0-x_" + text.replaceAll("[\\r\\n]", " "), "ada", 1);
            assertThat(lines().size()).as(text).isGreaterThanOrEqualTo(before);
            assertOnlyTheAttackerIsFound();
        }
    }

    @Test
    void theHeaderOfAProxyThatNobodyTrustsBlamesNobodyElse() throws IOException {
        for (String header :
                List.of(
                        "PROXY TCP4 %s 198.18.8.5 1 2222\r\n".formatted(VICTIM),
                        "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c\t\t\t\t\t\t\t\t\0\u0001\u0008\u00ae",
                        "GET / HTTP/1.1\r\nX-Forwarded-For: %s\r\nForwarded: for=%s\r\n\r\n"
                                .formatted(VICTIM, VICTIM))) {
            attacker.says(header, "", "ada", 1);
        }
        int before = lines().size();
        attacker.fails(1);
        assertOneMore(before, "an honest failure");
        assertOnlyTheAttackerIsFound();
    }

    @Test
    void whoLogsInIsNoFailure() throws IOException {
        int before = lines().size();
        assertThat(ada.ssh("keyhole", "me").exit()).isZero();
        attacker.fails(1);
        Awaitility.await().until(() -> lines().size() > before);
        assertThat(lines()).noneMatch(line -> line.contains("source=" + ada.address()));
    }

    @Test
    void theDoorOwnsItsFileAndOthersReadNothing() throws IOException {
        Path log = door.authLog();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getOwner(log).getName()).isEqualTo("keyhole");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(door.home().resolve("log"))))
                .isEqualTo("rwx--x---");
    }

    private void assertOneMore(int before, String what) {
        Awaitility.await("a line for " + what)
                .atMost(Duration.ofSeconds(20))
                .until(() -> lines().size() > before);
        assertOnlyTheAttackerIsFound();
    }

    private void assertOnlyTheAttackerIsFound() {
        assertThat(lines()).allMatch(line -> line.matches("[ -~]*"));
        assertThat(Fail2ban.finds(door, door.authLog())).containsOnly(attacker.address());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(door.authLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

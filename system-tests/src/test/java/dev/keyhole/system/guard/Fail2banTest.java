package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real fail2ban reads the auth log and bans who attacks, never whom the attacker names. */
@ExtendWith(NoLeaks.class)
final class Fail2banTest {
    private GuardedDoor door;
    private Fail2ban fail2ban;
    private Visitor ada;
    private Visitor attacker;

    @BeforeEach
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there are no packet rules");
        door = GuardedDoor.open(GuardedDoor.NOBODY_IS_BANNED); // by the door itself
        ada = door.ada();
        attacker = door.stranger();
        fail2ban = Fail2ban.beside(door);
    }

    @AfterEach
    void close() {
        if (fail2ban != null) {
            fail2ban.close();
        }
        if (door != null) {
            door.close();
        }
    }

    @Test
    void theAttackerIsBannedWithinSeconds() {
        attacker.fails(5);
        assertThat(attacker.reaches()).as("after five failures").isTrue();
        attacker.fails(1);
        long since = System.nanoTime();
        Awaitility.await("the attacker is banned")
                .atMost(Duration.ofSeconds(15))
                .until(() -> fail2ban.table().contains(attacker.address()));
        System.out.printf(
                "fail2ban: banned %.1f s after the sixth failure%n",
                (System.nanoTime() - since) / 1e9);
        assertThat(attacker.reaches()).isFalse();
        assertThat(ada.reaches()).isTrue();
    }

    @Test
    void whomTheAttackerNamesIsNeverBanned() {
        assertThat(ada.ssh("keyhole", "me").exit()).isZero();
        List<String> texts = Injections.of(ada.address());
        for (int i = 0; i < texts.size() && !isBanned(attacker); i++) {
            attacker.says("", "SSH-2.0-x_" + texts.get(i).replaceAll("\\R", " "), texts.get(i), 1);
        }
        Awaitility.await("the attacker is banned")
                .atMost(Duration.ofSeconds(15))
                .until(() -> isBanned(attacker));
        assertThat(fail2ban.said()).doesNotContain(ada.address());
        assertThat(isBanned(ada)).isFalse();
        assertThat(ada.ssh("keyhole", "me").exit()).isZero();
    }

    @Test
    void aTunnelThatIsOpenOutlivesTheBan() {
        Process tunnel = ada.tunnel();
        try {
            Awaitility.await("Jupyter answers")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ada.askJupyter().equals("200"));
            ada.fails(6); // from the same address
            Awaitility.await("it is banned").until(() -> isBanned(ada));
            assertThat(ada.reaches()).as("a new connection").isFalse();
            assertThat(ada.askJupyter()).as("the open tunnel").isEqualTo("200");
        } finally {
            tunnel.destroy();
        }
    }

    private boolean isBanned(Visitor visitor) {
        return fail2ban.table().contains(visitor.address());
    }
}

package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Name servers that do not answer, forwards or backwards, are nothing to a login or a tunnel (R16). */
@ExtendWith(NoLeaks.class)
final class NoNamesTest {
    private static final Pattern COUNT = Pattern.compile("counter packets (\\d+)");

    private GuardedDoor door;
    private Visitor ada;

    @BeforeEach
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there is no network of its own");
        door = GuardedDoor.open("");
        ada = door.ada();
        // Whatever name server the machine has: the way leads to a rule that drops and counts.
        door.network().run("ip", "route", "add", "default", "via", ada.address()).orFail();
        door.network()
                .run(
                        "nft",
                        "add table inet names; add chain inet names out { type filter hook output priority 0; };"
                                + " add rule inet names out meta l4proto { tcp, udp } th dport 53 counter drop")
                .orFail();
    }

    @AfterEach
    void close() {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void nobodyIsAskedForANameByALoginATunnelOrAForward() {
        assertThat(ada.ssh("keyhole", "me").exit()).isZero();
        Process tunnel = ada.tunnel();
        try {
            Awaitility.await("Jupyter answers")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ada.askJupyter().equals("200"));
            assertThat(asked()).isZero();

            door.network().run("timeout", "1", "getent", "hosts", "keyhole.example");
            assertThat(asked()).as("by something that does ask").isPositive();
            assertThat(ada.askJupyter()).isEqualTo("200");
            assertThat(ada.ssh("keyhole", "me").exit()).isZero();
        } finally {
            tunnel.destroy();
        }
    }

    private int asked() {
        Matcher count =
                COUNT.matcher(
                        door.network()
                                .run("nft", "list", "table", "inet", "names")
                                .orFail()
                                .stdout());
        assertThat(count.find()).isTrue();
        return Integer.parseInt(count.group(1));
    }
}

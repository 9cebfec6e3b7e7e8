package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A banned source that comes again and again is handed to the kernel, and comes back when the ban is over. */
@ExtendWith(NoLeaks.class)
final class KernelBanTest {
    private static final String SHORT_BANS =
            "ban: {after: 1, first: 20s, penalty: {login-failed: 5s, least: 4s}}";

    private GuardedDoor door;
    private Visitor ada;
    private Visitor stranger;

    @BeforeEach
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there are no packet rules");
        door = GuardedDoor.open(SHORT_BANS);
        ada = door.ada();
        stranger = door.stranger();
    }

    @AfterEach
    void close() {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void theThirdRefusalIsTheLastThatTheDoorGivesUntilTheBanIsOver() throws IOException {
        stranger.fails(1);
        for (int refusal = 1; refusal <= 3; refusal++) {
            assertThat(door.table()).doesNotContain(stranger.address());
            assertThat(stranger.reaches()).as("refusal " + refusal).isTrue();
        }
        awaitDropped(stranger);
        assertThat(stranger.reaches()).as("the fourth").isFalse();
        assertThat(ada.ssh("keyhole", "me").exit()).isZero();
        assertThat(Files.readAllLines(door.authLog()))
                .anyMatch(line -> line.contains(stranger.address() + " port="))
                .anyMatch(line -> line.contains("code=SOURCE_PENALISED login=\"\""));

        Awaitility.await("the ban is over").atMost(Duration.ofSeconds(40)).until(stranger::reaches);
    }

    @Test
    void theTunnelOfABannedSourceGoesOnAndALiftedBanIsLiftedAtOnce() {
        Process tunnel = ada.tunnel();
        try {
            Awaitility.await("Jupyter answers")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ada.askJupyter().equals("200"));
            door.keyhole("ban", "add", ada.address(), "--for", "10m", "--reason", "a test")
                    .orFail();
            for (int refusal = 1; refusal <= 3; refusal++) {
                assertThat(ada.reaches()).as("refusal " + refusal).isTrue();
            }
            awaitDropped(ada);
            assertThat(ada.reaches()).as("a new connection").isFalse();
            assertThat(ada.askJupyter()).as("the open tunnel").isEqualTo("200");
            assertThat(stranger.reaches()).as("another source").isTrue();

            door.keyhole("ban", "remove", ada.address()).orFail();
            Awaitility.await("the kernel was told")
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> !door.table().contains(ada.address()));
            assertThat(ada.reaches()).isTrue();
            assertThat(ada.ssh("keyhole", "me").exit()).isZero();
        } finally {
            tunnel.destroy();
        }
    }

    @Test
    void aBanThatOutlivedAKillIsHandedToTheKernelAgain() {
        door.keyhole("ban", "add", stranger.address(), "--for", "10m", "--reason", "a test")
                .orFail();
        refuseThrice();
        door.kill();
        assertThat(door.table()).as("after a kill").contains(stranger.address());
        door.serve();
        assertThat(door.table()).as("after the next start").doesNotContain(stranger.address());
        refuseThrice();
        assertThat(stranger.reaches()).isFalse();
        assertThat(ada.reaches()).isTrue();
    }

    private void refuseThrice() {
        for (int refusal = 1; refusal <= 3; refusal++) {
            assertThat(stranger.reaches()).as("refusal " + refusal).isTrue();
        }
        awaitDropped(stranger);
    }

    private void awaitDropped(Visitor visitor) {
        Awaitility.await("the kernel was told")
                .atMost(Duration.ofSeconds(5))
                .until(() -> door.table().contains(visitor.address()));
    }
}

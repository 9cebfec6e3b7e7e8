package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the broker may, the kernel drops new connections of a banned source, and nothing else. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KernelDropTest {
    private GuardedDoor door;
    private Visitor ada;
    private Visitor stranger;

    @BeforeAll
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there are no packet rules");
        door = GuardedDoor.open(GuardedDoor.NOBODY_IS_BANNED);
        ada = door.ada();
        stranger = door.stranger();
    }

    @AfterEach
    void lift() {
        if (door != null) {
            assertThat(door.broker("lift-all")).isEqualTo("done");
        }
    }

    @AfterAll
    void close() {
        if (door != null) {
            door.close();
        }
    }

    @Test
    void aDroppedSourceGetsNoAnswerWhileItsTunnelGoesOnAndOthersNoticeNothing() {
        Process tunnel = ada.tunnel();
        try {
            Awaitility.await("Jupyter answers")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ada.askJupyter().equals("200"));
            assertThat(door.broker("drop " + ada.address() + "/32 600")).isEqualTo("done");

            assertThat(ada.reaches()).as("a new connection").isFalse();
            assertThat(ada.askJupyter()).as("the open tunnel").isEqualTo("200");
            assertThat(stranger.reaches()).as("another source").isTrue();

            assertThat(door.broker("lift " + ada.address() + "/32")).isEqualTo("done");
            assertThat(ada.reaches()).as("after it was lifted").isTrue();
            assertThat(ada.askJupyter()).isEqualTo("200");
        } finally {
            tunnel.destroy();
        }
    }

    @Test
    void aDropEndsByItself() {
        assertThat(stranger.reaches()).isTrue();
        assertThat(door.broker("drop " + stranger.address() + "/32 3")).isEqualTo("done");
        assertThat(stranger.reaches()).isFalse();
        Awaitility.await("its time is over")
                .atMost(Duration.ofSeconds(10))
                .until(stranger::reaches);
    }

    @Test
    void inVersionSixTheWholeNetworkOfASourceIsDropped() {
        assertThat(ada.reachesBySix()).isTrue();
        assertThat(door.broker("drop fd6b:" + ada.wire().number() + ":0:0:0:0:0:0/64 600"))
                .isEqualTo("done");
        assertThat(ada.reachesBySix()).isFalse();
        assertThat(ada.reaches()).as("its address of version four is another source").isTrue();
        assertThat(stranger.reachesBySix()).isTrue();
    }

    @Test
    void onlyTheDoorsPortIsClosed() {
        assertThat(door.broker("drop " + stranger.address() + "/32 600")).isEqualTo("done");
        assertThat(stranger.isAnsweredAt(GuardedDoor.PORT)).isFalse();
        assertThat(stranger.isAnsweredAt(GuardedDoor.PORT + 1)).isTrue();
    }

    @Test
    void theTableGoesWithTheDoorAndAfterAKillWithTheNextStartOrDown() {
        assertThat(door.broker("drop " + stranger.address() + "/32 600")).isEqualTo("done");
        assertThat(door.table()).contains(stranger.address());
        door.down("--keep");
        assertThat(door.table()).as("after a stop in order").isEmpty();

        door.serve();
        assertThat(door.broker("drop " + stranger.address() + "/32 600")).isEqualTo("done");
        door.kill();
        assertThat(door.table()).as("after a kill").contains(stranger.address());
        door.serve();
        assertThat(door.table()).as("after the next start").doesNotContain(stranger.address());
        assertThat(stranger.reaches()).isTrue();

        assertThat(door.broker("drop " + stranger.address() + "/32 600")).isEqualTo("done");
        door.kill();
        assertThat(door.keyhole("down", "--keep").exit()).isZero();
        assertThat(door.table()).as("after a kill and down").isEmpty();
        door.serve();
    }

    @Test
    void aFirewallThatIsStartedAgainCostsNobodyAnything() {
        assertThat(door.broker("drop " + stranger.address() + "/32 600")).isEqualTo("done");
        door.network().run("nft", "flush", "ruleset").orFail();
        assertThat(door.table()).isEmpty();
        assertThat(ada.ssh("keyhole", "me").exit()).isZero();
        assertThat(stranger.reaches()).as("the door's own refusal is left").isTrue();

        assertThat(door.broker("lift " + stranger.address() + "/32")).isEqualTo("done");
        assertThat(door.broker("lift-all")).isEqualTo("done");
        assertThat(door.broker("drop " + stranger.address() + "/32 600")).isEqualTo("done");
        assertThat(stranger.reaches()).isFalse();
        assertThat(ada.reaches()).isTrue();
    }

    @Test
    void theDoorMayAskForNothingElse() {
        for (String request :
                new String[] {
                    "drop 0.0.0.0/0 600",
                    "drop 198.18.8.0/24 600",
                    "drop " + stranger.address() + " 600",
                    "drop " + stranger.address() + "/32 99999999",
                    "drop " + stranger.address() + "/32 600 22"
                }) {
            assertThat(door.broker(request)).as(request).isEmpty();
        }
        assertThat(door.table()).doesNotContain("elements");
    }
}

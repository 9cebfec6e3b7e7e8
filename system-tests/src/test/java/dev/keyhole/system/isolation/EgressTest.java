package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** From inside a workspace the world is reached, and what is near is not. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EgressTest {
    private SharedMachine machine;
    private World world;
    private Person alice;
    private Person bob;

    @BeforeAll
    void open() {
        assumeTrue(OtherUser.weAreRoot(), "without root there is no other network");
        world = World.open();
        machine = SharedMachine.open("memory: 1GiB");
        alice = machine.alice().atWork();
        bob = machine.bob().atWork();
    }

    @AfterAll
    void close() {
        if (machine != null) {
            machine.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @Test
    void theWorldAnswersAndSeesTheMachinesAddress() {
        assertThat(bob.does("curl -sS -m 10 http://" + World.ADDRESS + ":8080/"))
                .contains("Directory listing");
        assertThat(world.log()).contains(World.MACHINE).doesNotContain("100.96.");
    }

    @Test
    void metadataIsRefusedAlthoughTheMachineReachesIt() {
        String metadata = "http://" + World.METADATA + ":8080/";
        assertThat(curl(metadata).exit()).as("the machine itself").isZero();
        assertThat(bob.sh("curl -sS -m 5 " + metadata)).doesNotStartWith("0");
        assertThat(bob.sh("curl -sS -m 5 http://100.100.100.200/")).doesNotStartWith("0");
    }

    @Test
    void theMachinesOwnAddressesAreRefused() {
        List<String> own =
                List.of(
                        "127.0.0.1",
                        World.MACHINE,
                        bob.does("ip route | sed -n 's/^default via \\([^ ]*\\).*/\\1/p'"));
        for (String address : own) {
            assertThat(
                            bob.sh(
                                    "timeout 5 bash -c 'exec 3<>/dev/tcp/%s/%d'"
                                            .formatted(address, machine.port())))
                    .as(address)
                    .doesNotStartWith("0");
        }
        assertThat(Ports.accepts(machine.port())).isTrue();
    }

    @Test
    void theNeighboursAddressIsRefused() {
        alice.starts(
                "python3 -m http.server --bind 0.0.0.0 6018 & until curl -sf http://127.0.0.1:6018/; do sleep 0.1; done; touch /tmp/served; wait",
                "/tmp/served");
        String address = alice.does("hostname -I").split(" ")[0];
        assertThat(bob.sh("curl -sS -m 5 http://" + address + ":6018/")).doesNotStartWith("0");
        assertThat(bob.sh("ping -c 1 -W 2 " + address)).doesNotStartWith("0");
    }

    @Test
    void versionSixHasNoWayOut() {
        assertThat(bob.does("cat /proc/net/if_inet6 | grep -v ' lo$' | wc -l")).isEqualTo("0");
    }

    private static Ran curl(String url) {
        return Ran.of(Duration.ofSeconds(20), "curl", "-sS", "-m", "5", url);
    }
}

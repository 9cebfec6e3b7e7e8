package dev.keyhole.system.flood;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A door that may have 256 file descriptors, and somebody who takes them all. */
@ExtendWith(NoLeaks.class)
final class FewFilesTest {
    private static final int FEW = 256;
    private static final byte[] IDENT = "SSH-2.0-stranger\r\n".getBytes(US_ASCII);

    // A19
    @Test
    void withoutFileDescriptorsNewConnectionsAreRefusedAndOldOnesGoOn() throws Exception {
        List<String> limited = List.of("prlimit", "--nofile=" + FEW + ":" + FEW);
        try (Door door = Door.upUnder(limited, DoorSetup.usual())) {
            try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"));
                    Strangers strangers = new Strangers("127.0.0.66", door.port())) {
                Ran.of(Duration.ofSeconds(60), curl(tunnel)).orFail();

                strangers.connect(2 * FEW, IDENT);

                assertThat(Processes.openFiles(door.doorPid())).isLessThan(FEW);
                // What waits in the kernel's backlog looks open, until its turn comes.
                Awaitility.await("most are turned away")
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(strangers.open()).isBetween(50, FEW));
                Ran.of(Duration.ofSeconds(60), curl(tunnel)).orFail();
                assertThat(cpuShareWhileNothingHappens(door)).isLessThan(0.3);

                strangers.close();
                Awaitility.await("logins succeed again")
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> door.ssh().run("keyhole", "services").exit() == 0);
            }
        }
    }

    private static String[] curl(Tunnel tunnel) {
        return new String[] {"curl", "-sSf", tunnel.url("/api").toString()};
    }

    private static double cpuShareWhileNothingHappens(Door door) {
        long before = Processes.cpuMillis(door.doorPid());
        long began = System.nanoTime();
        Duration pause = Duration.ofSeconds(2);
        Awaitility.await("a while passes").pollDelay(pause).until(() -> true);
        double passed = (System.nanoTime() - began) / 1e6;
        return (Processes.cpuMillis(door.doorPid()) - before) / passed;
    }
}

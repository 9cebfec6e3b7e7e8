package dev.keyhole.system.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A door with far too little memory under load: it lives, or it dies whole and is back; it never hangs half alive. */
@ExtendWith(NoLeaks.class)
final class ScarceMemoryTest {
    private static final int SESSIONS = 10;
    private static final int EACH = 5;
    private static final int SIZE = 8 << 20;

    @Test
    void fiftyForwardsInTooLittleMemoryLeaveADoorThatAnswers()
            throws IOException, InterruptedException {
        DoorSetup scarce = DoorSetup.usual().withEnvironment("KEYHOLE_JAVA_OPTS", "-Xmx64m");
        try (Door door = Door.up(scarce)) {
            List<Tunnel> tunnels = new ArrayList<>();
            try {
                for (int i = 0; i < SESSIONS; i++) {
                    tunnels.add(door.ssh().tunnelTo(door.portOf("jupyter")));
                }
                get(tunnels.getFirst(), "/api");
                long before = door.doorPid();
                assertThat(memoryLimitOf(door.doorPid())).contains("-Xmx64m");
                Path big = door.home().resolve("workspaces/ada/home/big.bin");
                Files.write(big, new byte[SIZE]);
                List<Process> transfers = new ArrayList<>();
                for (Tunnel tunnel : tunnels) {
                    for (int i = 0; i < EACH; i++) {
                        transfers.add(load(tunnel));
                    }
                }
                int whole = 0;
                for (Process transfer : transfers) {
                    whole += transfer.waitFor() == 0 ? 1 : 0;
                }
                // Those before a death count as broken off; without one all are whole.
                assertThat(whole == transfers.size() || door.doorPid() != before).isTrue();
            } finally {
                tunnels.forEach(Tunnel::close);
            }
            Awaitility.await("the door lives, or is back")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> Ports.accepts(door.port()));
            try (Tunnel after = door.ssh().tunnelTo(door.portOf("jupyter"))) {
                get(after, "/api");
            }
        }
    }

    private static Process load(Tunnel tunnel) throws IOException {
        return new ProcessBuilder(
                        "curl",
                        "-sf",
                        "--max-time",
                        "60",
                        "-o",
                        "/dev/null",
                        "-H",
                        "Referer: " + tunnel.url("/lab"), // or Jupyter takes it for another site
                        tunnel.url("/files/big.bin").toString())
                .start();
    }

    private static String memoryLimitOf(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    }

    private static void get(Tunnel tunnel, String path) {
        Ran.of(Duration.ofSeconds(60), "curl", "-sSf", tunnel.url(path).toString()).orFail();
    }
}

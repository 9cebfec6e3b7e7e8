package dev.keyhole.system.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGTERM, as systemd sends it: what is open may end, nothing new begins. */
@ExtendWith(NoLeaks.class)
final class DrainTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int SIZE = 24 * MEBIBYTE;

    @Test
    void anOpenTransferEndsWholeAndThenTheDoorDoes() throws IOException, InterruptedException {
        try (Door door = Door.up();
                Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            Path big = door.home().resolve("workspaces/ada/home/big.bin");
            Files.write(big, new byte[SIZE]);
            Path got = door.setup().place().resolve("got.bin");
            Process transfer =
                    new ProcessBuilder(
                                    "curl",
                                    "-sSf",
                                    "--limit-rate",
                                    "3M",
                                    "-o",
                                    got.toString(),
                                    "-H",
                                    "Referer: "
                                            + tunnel.url(
                                                    "/lab"), // or Jupyter takes it for another site
                                    tunnel.url("/files/big.bin").toString())
                            .inheritIO()
                            .start();
            Awaitility.await("the transfer runs")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(got) && Files.size(got) > MEBIBYTE);

            Instant asked = Instant.now();
            door.signal("TERM");
            Awaitility.await("a new forward is refused")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> {
                        Ran.of(
                                Duration.ofSeconds(20),
                                "curl",
                                "-s",
                                "--max-time",
                                "2",
                                tunnel.url("/api").toString());
                        return tunnel.output().contains("DRAINING");
                    });
            assertThat(transfer.isAlive()).isTrue();

            assertThat(transfer.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(transfer.exitValue()).isZero();
            assertThat(Files.mismatch(big, got)).isEqualTo(-1);
            assertThat(door.awaitEnd(Duration.ofSeconds(35))).isZero();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(30));
        }
    }
}

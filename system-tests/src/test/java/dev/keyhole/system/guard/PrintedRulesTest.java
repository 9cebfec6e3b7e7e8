package dev.keyhole.system.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packet rules of {@code keyhole print nftables}, in a real kernel. */
@ExtendWith(NoLeaks.class)
final class PrintedRulesTest {
    private Path place;
    private Network network;
    private Path rules;

    @BeforeEach
    void print() throws IOException {
        assumeTrue(OtherUser.weAreRoot(), "without root there are no packet rules");
        place = Places.fresh("rules");
        network = Network.open();
        Ran printed =
                Ran.of(
                                Duration.ofSeconds(60),
                                Places.command().toString(),
                                "print",
                                "nftables",
                                "--port",
                                "" + GuardedDoor.PORT)
                        .orFail();
        rules = Files.writeString(place.resolve("keyhole.nft"), printed.stdout());
    }

    @AfterEach
    void close() {
        if (network != null) {
            network.close();
            Places.remove(place);
        }
    }

    @Test
    void theyAreLoadedAsTheyAreAndASecondTime() {
        network.run("nft", "-c", "-f", rules.toString()).orFail();
        assertThat(network.run("nft", "list", "ruleset").stdout()).isEmpty();
        network.run("nft", "-f", rules.toString()).orFail();
        network.run("nft", "-f", rules.toString()).orFail();
        assertThat(network.run("nft", "list", "tables").stdout().lines())
                .containsExactly("table inet keyhole_rate");
    }

    @Test
    void whoConnectsTooOftenWaitsAndWhatIsOpenGoesOn() throws IOException {
        network.run("nft", "-f", rules.toString()).orFail();
        Process listener =
                new ProcessBuilder(
                                network.inside(
                                        List.of(
                                                "socat",
                                                "TCP-LISTEN:"
                                                        + GuardedDoor.PORT
                                                        + ",fork,reuseaddr",
                                                "EXEC:cat")))
                        .start();
        try (Visitor busy = new Visitor(network, 0, place, new KeyFile(place));
                Visitor other = new Visitor(network, 1, place, new KeyFile(place))) {
            Awaitility.await().until(other::reaches);
            String script =
                    "exec 3<>/dev/tcp/$0/$1; for i in $(seq 100); do timeout 1 bash -c \"exec 4<>/dev/tcp/$0/$1\" || break; done;"
                            + " echo $i; echo alive >&3; timeout 5 head -n 1 <&3";
            Ran ran = busy.run("bash", "-c", script, busy.wire().near(), "" + GuardedDoor.PORT);
            assertThat(Integer.parseInt(ran.stdout().lines().toList().getFirst()))
                    .as("connections until one was dropped")
                    .isBetween(50, 80);
            assertThat(ran.stdout().lines().toList().getLast()).isEqualTo("alive");
            assertThat(other.reaches()).isTrue();
        } finally {
            listener.descendants().forEach(ProcessHandle::destroyForcibly);
            listener.destroyForcibly();
        }
    }
}

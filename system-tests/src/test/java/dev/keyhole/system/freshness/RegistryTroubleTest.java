package dev.keyhole.system.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.LoopbackServer;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.image.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Registries that are down, silent or strangers, and disks that are full: told soon, in one sentence. */
@ExtendWith(NoLeaks.class)
final class RegistryTroubleTest {
    private static final Duration PROMISED = Duration.ofSeconds(15);

    private final Check check = new Check(Places.fresh("trouble"));

    @BeforeEach
    void build() {
        assertThat(check.image("--help").exit()).isZero();
    }

    @AfterEach
    void clean() {
        Places.remove(check.place());
    }

    @Test
    void aRegistryThatIsDownIsToldAtOnce() {
        assertUnreachable("127.0.0.1:" + Ports.free(), "REGISTRY_UNREACHABLE", "refuses");
    }

    @Test
    void aRegistryThatSaysNothingIsToldWithinFifteenSeconds() {
        try (LoopbackServer silent =
                new LoopbackServer(visitor -> visitor.getInputStream().readAllBytes())) {
            assertUnreachable(
                    "127.0.0.1:" + silent.port(), "REGISTRY_UNREACHABLE", "does not answer");
        }
    }

    @Test
    void aRegistryOfAnUnknownAuthorityIsNotBelievedUnlessChosen() {
        try (Registry stranger = Registry.withUnknownAuthority(check.place())) {
            assertUnreachable(stranger.host(), "REGISTRY_UNTRUSTED", "--insecure");
            Ran chosen =
                    check.image("check", "--insecure", "--arch", "amd64", stranger.host() + "/a:1");
            assertThat(chosen.exit()).as(chosen.toString()).isEqualTo(1);
            assertThat(chosen.stderr()).contains("IMAGE_UNKNOWN");
        }
    }

    @Test
    void aFullDiskIsSaidAndNothingHalfStaysBehind() throws IOException {
        assumeTrue(OtherUser.weAreRoot(), "only root can mount a small disk");
        Path small = Files.createDirectory(check.place().resolve("small"));
        Ran.of(
                        Duration.ofSeconds(10),
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=1m",
                        "keyhole-test",
                        small.toString())
                .orFail();
        try (Registry registry = Registry.open()) {
            TinyImage.withJupyter("2.20.0").ballast(3 << 20).push(registry.host(), "team/big", "1");

            Ran ran =
                    check.with("XDG_CACHE_HOME", small.toString())
                            .image("check", "--arch", "amd64", registry.host() + "/team/big:1");

            assertThat(ran.exit()).as(ran.toString()).isEqualTo(1);
            assertThat(ran.stderr()).contains("disk is full").doesNotContain("Exception");
            try (Stream<Path> left = Files.walk(small)) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        } finally {
            Ran.of(Duration.ofSeconds(10), "umount", small.toString());
        }
    }

    private void assertUnreachable(String registry, String... words) {
        long begin = System.nanoTime();
        Ran ran = check.image("check", "--arch", "amd64", registry + "/team/a:1");
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(4);
        assertThat(ran.stderr()).contains(words).doesNotContain("Exception");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMISED);
        assertThat(check.place().resolve("cache")).doesNotExist();
    }
}

package dev.keyhole.system.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A wish for GPUs reaches a real engine, which has none to give: Docker says so, and Podman would say nothing. What happens
 * on real hardware has not been tried.
 */
@ExtendWith(NoLeaks.class)
final class GpuRequestsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String MIG = "MIG-2b8b9e29-a9e8-5f3f-a3cb-9b7a5a6e3a1c";

    private final Path place = Places.fresh("gpus");

    @BeforeEach
    void enginesOfOurOwn() {
        assumeThat(OtherUser.weAreRoot()).as("engines need root").isTrue();
    }

    @AfterEach
    void nothingIsLeft() {
        Places.remove(place);
    }

    @Test
    void dockerIsAskedAndItsRefusalIsTold() {
        try (Engine engine = Dockerd.open()) {
            assertThat(start(engine, MIG))
                    .contains("could not select device driver", "nvidia", "gpu");
            isEmpty(engine);
            assertThat(start(engine, "none")).doesNotContain("device driver");
        }
    }

    @Test
    void podmanIsNotBelievedWhenItTakesNoNotice() {
        try (Engine engine = new Podman()) {
            assertThat(start(engine, MIG)).contains("took no notice", "workspace.gpus");
            isEmpty(engine);
            assertThat(start(engine, "none")).doesNotContain("took no notice");
        }
    }

    /** The start of the other service may be on its way to the same end. */
    private static void isEmpty(Engine engine) {
        await().atMost(SOON).untilAsserted(() -> assertThat(engine.containers()).isEmpty());
    }

    /** What alice is told; the image is none of ours, so it never gets far. */
    private String start(Engine engine, String gpus) {
        engine.load(
                Busybox.running("/bin/sh", "-c", "echo something else")
                        .write(place.resolve("image.tar")),
                "localhost/other:1");
        try (ServedDoor door =
                ServedDoor.of(
                        """
                        launcher: container
                        container: {image: "localhost/other:1", engine: %s, network: none}
                        """
                                .formatted(engine.socket()),
                        "alice")) {
            // Of one's own, because "all" of everybody is no wish on a machine without any.
            door.keyhole("principal", "set", "alice", "--limit", "gpus=" + gpus).orFail();
            Ran ran = door.ssh("alice").run("keyhole", "start");
            assertThat(ran.exit()).as(ran.all()).isNotZero();
            return ran.all();
        }
    }
}

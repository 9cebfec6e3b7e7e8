package dev.keyhole.system.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.image.Image;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever works in a container owns the socket that the door connects to, and gains nothing by putting another in its place. */
@ExtendWith(NoLeaks.class)
final class HostileInnerDoorTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String IMAGE = "localhost/workspace:1";
    private static final String SOCKET = "/keyhole/run/door.sock";

    @BeforeEach
    void enginesOfOurOwn() {
        assumeThat(OtherUser.weAreRoot()).as("engines need root").isTrue();
    }

    @Test
    void aLinkToSomebodyElsesInnerDoorLeadsNowhere() {
        try (Engine engine = new Podman()) {
            engine.load(Image.workspace(), IMAGE);
            try (ServedDoor door =
                    ServedDoor.of(
                            """
                            launcher: container
                            container: {image: "%s", engine: %s, network: none}
                            """
                                    .formatted(IMAGE, engine.socket()),
                            "alice",
                            "bob")) {
                door.keyhole("principal", "set", "alice", "--shell").orFail();
                door.keyhole("principal", "set", "bob", "--shell").orFail();
                String hers = hostname(door, "alice");
                String his = hostname(door, "bob");
                // Else his container would end while she is tried again and again.
                door.ssh("bob").run("keyhole", "start", "jupyter").orFail();

                swap(door, engine, his(engine));
                Ran ran = door.ssh("alice").run("hostname");
                assertThat(ran.exit()).as(ran.all()).isNotZero();
                assertThat(ran.stdout()).isEmpty();
                assertThat(ran.stderr())
                        .contains("HOST_KEY_CHANGED", "is pinned", "Nothing was sent to it. ");
                assertThat(hostname(door, "bob")).isEqualTo(his);

                recovers(door, hers);
            }
        }
    }

    /** Puts a link in the place of her inner door's socket, and makes the door connect anew. */
    private static void swap(ServedDoor door, Engine engine, String target) {
        door.ssh("alice").run("ln -sfn " + target + " " + SOCKET).orFail();
        door.kill9AndStart();
        assertThat(engine.containers()).hasSize(2);
    }

    /** Where the machine has the socket of his inner door. */
    private static String his(Engine engine) {
        String bob =
                engine.containers().stream()
                        .filter(name -> name.endsWith("-bob"))
                        .findFirst()
                        .orElseThrow();
        return engine.inspect(
                        bob,
                        "{{range .Mounts}}{{if eq .Destination \"/keyhole/run\"}}{{.Source}}{{end}}{{end}}")
                + "/door.sock";
    }

    /** A new container has a new socket, whatever lies in its place. */
    private static void recovers(ServedDoor door, String before) {
        door.keyhole("workspace", "restart", "alice").orFail();
        await("her own inner door is back")
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(door.ssh("alice").run("hostname").orFail().stdout().strip())
                                .isNotEqualTo(before));
    }

    private static String hostname(ServedDoor door, String name) {
        return door.ssh(name).run("hostname").orFail().stdout().strip();
    }
}

package dev.keyhole.system.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.image.Image;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** W10: with {@code network: open} each container has a bridge of its own, and no other workspace is on it. */
@ExtendWith(NoLeaks.class)
final class OpenNetworkTest {
    static List<Supplier<Engine>> engines() {
        return List.of(Podman::new, Dockerd::withBridges);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aliceReachesHerBridgeAndNeverBob(Supplier<Engine> started) {
        assumeTrue(OtherUser.weAreRoot(), "these engines need root");
        try (Engine engine = started.get()) {
            engine.load(Image.workspace(), "localhost/workspace:1");
            try (ServedDoor door =
                    ServedDoor.of(
                            """
                            launcher: container
                            container: {image: "localhost/workspace:1", engine: %s, network: open}
                            """
                                    .formatted(engine.socket()),
                            "alice",
                            "bob")) {
                for (String name : List.of("alice", "bob")) {
                    door.keyhole("principal", "set", name, "--shell").orFail();
                    door.ssh(name)
                            .run(
                                    "nohup python3 -m http.server --bind 0.0.0.0 9515 >/dev/null 2>&1 </dev/null &")
                            .orFail();
                }
                String his = exec(door, "bob", "hostname -i");
                assertThat(his).matches("\\d+\\.\\d+\\.\\d+\\.\\d+");

                assertThat(exec(door, "bob", connect(his)))
                        .as("his server, seen by himself")
                        .isEqualTo("reached");
                assertThat(exec(door, "alice", connect(his))).isEqualTo("no");
            }
            assertThat(engine.containers()).isEmpty();
            assertThat(engine.run("network", "ls", "--format", "{{.Name}}").orFail().stdout())
                    .doesNotContain("keyhole-");
        }
    }

    private static String connect(String address) {
        return "python3 -c 'import socket\ntry:\n socket.create_connection((\""
                + address
                + "\", 9515), 3); print(\"reached\")\nexcept OSError: print(\"no\")'";
    }

    private static String exec(ServedDoor door, String name, String command) {
        Ran ran = door.ssh(name).run(command).orFail();
        return ran.stdout().strip();
    }
}

package dev.keyhole.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way that everything else relies on: up, a tunnel, a verb, down. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class HarnessTest {
    @Test
    void aTunnelCarriesHttpAndIsAudited(Door door) {
        int mark = door.audit().size();
        try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            Ran got =
                    Ran.of(
                            java.time.Duration.ofSeconds(60),
                            "curl",
                            "-sSf",
                            tunnel.url("/api").toString());
            assertThat(got.exit()).as(got.toString()).isZero();
        }
        assertThat(
                        door.audit()
                                .await(
                                        mark,
                                        "the forward",
                                        event -> event.action().equals("forward-opened"))
                                .text("service.name"))
                .isEqualTo("jupyter");
    }

    @Test
    void aVerbAnswersOverStockSsh(Door door) {
        assertThat(door.ssh().run("keyhole", "services").orFail().stdout()).contains("jupyter");
    }

    @Test
    void aStoppedDoorLeavesNothingRunning() {
        try (Door door = Door.up()) {
            assertThat(Processes.isAlive(door.doorPid())).isTrue();
            door.stop();
            assertThat(Ports.accepts(door.port())).isFalse();
        }
    }
}

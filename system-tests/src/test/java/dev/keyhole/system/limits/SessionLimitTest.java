package dev.keyhole.system.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** As many sessions as a principal may have, one more, and one whose computer is gone. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SessionLimitTest {
    private final ServedDoor door = ServedDoor.of("limits: {sessions: 2}", "ada");

    @AfterAll
    void close() {
        door.close();
    }

    @Test
    void oneMoreIsRefusedWithTheLimitAndWhoUsesItUp() {
        try (HeldSession first = HeldSession.of(door, "ada");
                HeldSession second = HeldSession.of(door, "ada")) {
            int mark = door.audit().size();
            Ran third = help();
            assertThat(third.exit()).isEqualTo(255);
            assertThat(third.stderr())
                    .contains("SESSION_LIMIT: 2 of 2 sessions are open: " + first.id() + " since")
                    .contains(second.id() + " since")
                    .contains("from 127.0.0.1")
                    .contains("End one of them");
            assertThat(
                            door.audit()
                                    .await(
                                            mark,
                                            "the refusal",
                                            event -> !event.text("user.name").isEmpty())
                                    .text("event.reason"))
                    .isEqualTo("SESSION_LIMIT");
        }
        awaitRoom();
        assertThat(door.ssh("ada").run("keyhole", "log").orFail().stdout())
                .contains("login-refused")
                .contains("SESSION_LIMIT  (2 of 2 sessions are open)");
    }

    @Test
    void asManyAsAllowedAreFine() {
        awaitRoom();
        try (HeldSession first = HeldSession.of(door, "ada")) {
            assertThat(first.process().isAlive()).isTrue();
            help().orFail();
        }
    }

    @Test
    void whoHasNotProvenItsKeyLearnsNothing() {
        awaitRoom();
        Path place = Places.fresh("stranger");
        try (HeldSession first = HeldSession.of(door, "ada");
                HeldSession second = HeldSession.of(door, "ada")) {
            assertThat(first.id()).isNotEqualTo(second.id());
            KeyFile stranger = KeyFile.make(place, "stranger");
            Ran ran = door.ssh("ada").withKey(stranger).run("keyhole", "help");
            assertThat(ran.stderr()).contains("Permission denied").doesNotContain("SESSION_LIMIT");
        } finally {
            Places.remove(place);
        }
    }

    @Test
    void aSessionWhoseComputerIsGoneGivesItsPlaceUp() {
        awaitRoom();
        try (HeldSession alive = HeldSession.of(door, "ada");
                HeldSession gone = HeldSession.of(door, "ada")) {
            gone.freeze();
            long frozen = System.nanoTime();
            Awaitility.await("a login in place of the ghost")
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> help().exit() == 0);
            // Sooner than the 30 to 40 s after which the door lets go by itself.
            assertThat(Duration.ofNanos(System.nanoTime() - frozen))
                    .isLessThan(Duration.ofSeconds(28));
            assertThat(alive.process().isAlive()).isTrue();
            assertThat(door.audit().events())
                    .anySatisfy(event -> {
                        assertThat(event.text("keyhole.session")).isEqualTo(gone.id());
                        assertThat(event.text("event.reason")).contains("IDLE_PEER");
                    });
        }
    }

    private void awaitRoom() {
        Awaitility.await("the sessions before are over")
                .atMost(Duration.ofSeconds(10))
                .until(() -> help().exit() == 0);
    }

    private Ran help() {
        return door.ssh("ada").run("keyhole", "help");
    }
}

package dev.keyhole.system.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Soak;
import dev.keyhole.system.Tunnel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGKILL for a door that writes its audit. */
@ExtendWith(NoLeaks.class)
final class KilledAuditTest {
    private static final int KILLS = Soak.count(100, 4);

    private final Random random = new Random(4);

    @Test
    void theChainHoldsAndEverySessionHasItsEnd() throws Exception {
        assumeTrue(OtherUser.weAreRoot(), "only a door with a keeper comes back by itself");
        try (Door door = Door.up()) {
            for (int kill = 0; kill < KILLS; kill++) {
                int mark = door.audit().size();
                try (Tunnel tunnel = door.ssh().tunnelTo(8888)) {
                    AuditTrail.Event login =
                            door.audit()
                                    .await(
                                            mark,
                                            "a login",
                                            event -> event.action().equals("login"));
                    killedWhileItWrites(door);
                    AuditTrail.Event end =
                            door.audit()
                                    .await(
                                            mark,
                                            "the end of a session that lost its door",
                                            event ->
                                                    event.action().equals("session-ended")
                                                            && event.text("keyhole.session")
                                                                    .equals(
                                                                            login.text(
                                                                                    "keyhole.session"))
                                                            && event.text("event.reason")
                                                                    .equals("closed by recovery"));
                    assertThat(end.text("user.name")).isEqualTo("ada");
                    assertThat(tunnel.localPort()).isPositive();
                }
                door.keyhole("audit", "verify").orFail();
            }
            door.stop();
            door.keyhole("audit", "verify").orFail();
            List<AuditTrail.Event> all = door.audit().events();
            assertThat(count(all, "session-ended")).isEqualTo(count(all, "login"));
        }
    }

    /** Others log in meanwhile, so that there is something to write. */
    private void killedWhileItWrites(Door door) throws Exception {
        long pid = door.doorPid();
        AtomicBoolean over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var logins =
                    threads.submit(() -> {
                        while (!over.get()) {
                            door.ssh().run("keyhole", "services");
                        }
                    });
            // Not a wait for anything: the kill shall hit another moment each time.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(400)));
            door.kill9();
            Awaitility.await("the door is back by itself")
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            door.doorPid() != pid
                                    && Processes.isAlive(door.doorPid())
                                    && Ports.accepts(door.port()));
            over.set(true);
            logins.get();
        }
    }

    private static long count(List<AuditTrail.Event> events, String action) {
        return events.stream().filter(event -> event.action().equals(action)).count();
    }
}

package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.SharedDoor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever waits: all of them at once, because each is given half a minute. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlowClientsTest {
    private final ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<JsonObject> slowSockets;
    private final Future<JsonObject> serviceRequests;
    private final Future<JsonObject> unfinishedRekey;

    SlowClientsTest(Door door) {
        slowSockets =
                attackers.submit(() -> Python.attack(door, "transport.py", "slow-sockets", "500"));
        serviceRequests =
                attackers.submit(() -> Python.attack(door, "login.py", "service-request-flood"));
        unfinishedRekey =
                attackers.submit(() -> Python.attack(door, "session.py", "unfinished-rekey"));
    }

    @AfterAll
    void end() {
        attackers.close();
    }

    // A1
    @Test
    void fiveHundredSlowSocketsAreGoneWhenTheirTimeIsUp()
            throws ExecutionException, InterruptedException {
        JsonObject verdict = slowSockets.get();

        assertThat(verdict.get("left open").getAsInt()).as(verdict.toString()).isZero();
        assertThat(verdict.get("longest").getAsDouble()).isLessThanOrEqualTo(31);
    }

    // A1
    @Test
    void honestUsersStillLogInMeanwhile() throws ExecutionException, InterruptedException {
        JsonObject verdict = slowSockets.get();

        assertThat(verdict.get("logins").getAsInt()).isGreaterThan(15);
        assertThat(verdict.get("good logins").getAsInt())
                .isGreaterThanOrEqualTo((int) Math.ceil(verdict.get("logins").getAsInt() * 0.99));
    }

    // E13
    @Test
    void repeatedServiceRequestsDoNotMoveTheDeadline()
            throws ExecutionException, InterruptedException {
        assertThat(serviceRequests.get().get("lasted").getAsDouble()).isLessThanOrEqualTo(31);
    }

    // A12
    @Test
    void aKeyExchangeThatIsNeverFinishedEndsTheSession()
            throws ExecutionException, InterruptedException {
        JsonObject verdict = unfinishedRekey.get();

        assertThat(verdict.get("flood closed").getAsBoolean()).isTrue();
        assertThat(verdict.get("silent closed after").getAsDouble()).isLessThanOrEqualTo(31);
    }
}

package dev.keyhole.system.flood;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.SharedDoor;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever waits: all of them at once, because each is given half a minute. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlowClientsTest {
    private static final String ATTACKER = "127.0.0.66";

    private final Door door;
    private final JsonObject slowSockets;
    private final JsonObject serviceRequests;
    private final JsonObject unfinishedRekey;

    SlowClientsTest(Door door) throws Exception {
        this.door = door;
        List<JsonObject> verdicts = new Siege(door).with("slow clients", this::attack);
        slowSockets = verdicts.get(0);
        serviceRequests = verdicts.get(1);
        unfinishedRekey = verdicts.get(2);
    }

    private List<JsonObject> attack() throws Exception {
        try (ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonObject>> verdicts =
                    List.of(
                            attackers.submit(() -> attack("transport.py", "slow-sockets", "500")),
                            attackers.submit(() -> attack("login.py", "service-request-flood")),
                            attackers.submit(() -> attack("session.py", "unfinished-rekey")));
            return List.of(verdicts.get(0).get(), verdicts.get(1).get(), verdicts.get(2).get());
        }
    }

    private JsonObject attack(String script, String... words) {
        return Python.attackFrom(ATTACKER, door, script, words);
    }

    // A1
    @Test
    void fiveHundredSlowSocketsAreGoneWhenTheirTimeIsUp() {
        assertThat(slowSockets.get("left open").getAsInt()).as(slowSockets.toString()).isZero();
        assertThat(slowSockets.get("longest").getAsDouble()).isLessThanOrEqualTo(31);
    }

    // A1
    @Test
    void honestUsersStillLogInMeanwhile() {
        int logins = slowSockets.get("logins").getAsInt();

        assertThat(logins).isGreaterThan(15);
        assertThat(slowSockets.get("good logins").getAsInt())
                .isGreaterThanOrEqualTo((int) Math.ceil(logins * 0.99));
    }

    // E13
    @Test
    void repeatedServiceRequestsDoNotMoveTheDeadline() {
        assertThat(serviceRequests.get("lasted").getAsDouble()).isLessThanOrEqualTo(31);
    }

    // A12
    @Test
    void aKeyExchangeThatIsNeverFinishedEndsTheSession() {
        assertThat(unfinishedRekey.get("flood closed").getAsBoolean()).isTrue();
        assertThat(unfinishedRekey.get("silent closed after").getAsDouble())
                .isLessThanOrEqualTo(31);
    }
}

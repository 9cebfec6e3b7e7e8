package dev.keyhole.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Python;
import dev.keyhole.system.SharedDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that try to get around the login, or to learn from it. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class LoginTest {
    // E10
    @Test
    void aClientThatDeclaresItselfLoggedInIsDisconnected(Door door) {
        assertThat(Python.attack(door, "login.py", "pretends-success").get("closed").getAsBoolean())
                .isTrue();
    }

    // E11
    @Test
    void messagesOfTheConnectionBeforeTheLoginEndIt(Door door) {
        int mark = door.audit().size();

        assertAllClosed(Python.attack(door, "login.py", "connection-messages-before-login"), 6);

        for (String message : List.of("80", "90", "98")) {
            door.audit()
                    .await(
                            mark,
                            "message " + message,
                            event ->
                                    event.text("event.reason").equals("PROTOCOL_VIOLATION")
                                            && event.text("message").contains(message));
        }
    }

    // E12
    @Test
    void aKeyExchangeIsNoLogin(Door door) {
        assertAllClosed(Python.attack(door, "login.py", "rekey-instead-of-login"), 2);
    }

    private static void assertAllClosed(JsonObject verdict, int cases) {
        assertThat(
                        Verdicts.each(
                                verdict, one -> one.getAsJsonObject().get("closed").getAsBoolean()))
                .hasSize(cases)
                .doesNotContainValue(false);
    }

    // E13
    @Test
    void repeatedServiceRequestsGiveNoMoreTries(Door door) {
        JsonObject verdict = Python.attack(door, "login.py", "probes-with-repeats");

        assertThat(verdict.get("closed").getAsBoolean()).isTrue();
        assertThat(verdict.get("failures").getAsInt()).isBetween(1, 6);
        assertThat(verdict.get("text").getAsString()).startsWith("TOO_MANY_TRIES: ");
    }

    // E13
    @Test
    void aChangeOfTheUserNameEndsTheConnection(Door door) {
        JsonObject verdict = Python.attack(door, "login.py", "changes-its-name");

        assertThat(verdict.get("closed").getAsBoolean()).isTrue();
        assertThat(verdict.get("failures").getAsInt()).isEqualTo(1);
    }

    // E6
    @Test
    void keysMadeToCostTimeAreRefusedAtOnce(Door door) {
        JsonObject verdict =
                Python.attack(door, "login.py", "pathological-keys", "" + door.doorPid());

        assertThat(Verdicts.list(verdict, "refused")).hasSize(verdict.get("all").getAsInt());
        // The clock of /proc ticks every 10 ms, and other work of the door is in there too.
        assertThat(verdict.get("cpu").getAsDouble()).isLessThanOrEqualTo(0.05);
    }

    // E19
    @Test
    void anUnsignedOfferTellsNothingAboutNames(Door door) {
        JsonObject verdict = Python.attack(door, "login.py", "offers-a-known-key-under-names");

        assertThat(verdict.get("unknown key, other name"))
                .isEqualTo(verdict.get("unknown key, own name"));
        assertThat(verdict.get("known key, other name"))
                .isEqualTo(verdict.get("known key, own name"));
        assertThat(verdict.getAsJsonObject("unknown key, own name").get("message").getAsInt())
                .isEqualTo(51);
    }

    // E18; statistical: a difference counts only when three runs in a row find it.
    @Test
    void timingDoesNotTellAKnownNameFromAnUnknownOne(Door door) {
        JsonObject verdict = new JsonObject();
        for (int run = 0; run < 3; run++) {
            verdict = Python.attack(door, "timing.py", "known-or-not");
            assertThat(verdict.get("same messages").getAsBoolean()).isTrue();
            if (verdict.get("median difference").getAsDouble() < 1
                    && verdict.get("p").getAsDouble() > 0.01) {
                return;
            }
        }
        assertThat(verdict.toString()).as("three runs found a difference, last").isEmpty();
    }

    // E20
    @Test
    void strangeUserNamesLeaveOneCleanAuditLineEach(Door door) throws IOException {
        int mark = door.audit().size();

        JsonObject verdict = Python.attack(door, "login.py", "names-made-to-confuse");

        assertThat(Verdicts.each(verdict, JsonElement::getAsString))
                .hasSize(7)
                .doesNotContainValue("accepted");
        Awaitility.await().untilAsserted(() -> assertThat(namesRefused(door, mark)).hasSize(7));
        assertThat(namesRefused(door, mark))
                .allSatisfy(event -> {
                    assertThat(event.text("source.ip")).isEqualTo("127.0.0.1");
                    assertThat(event.text("keyhole.login").length()).isLessThan(300);
                });
        // Whatever was typed, each line of the file shows what it is.
        assertThat(Files.readAllLines(door.audit().file()))
                .allMatch(line -> line.matches("\\{\\P{C}*}"));
    }

    /** Without what a connection of the test before still leaves. */
    private static List<AuditTrail.Event> namesRefused(Door door, int mark) {
        return refusals(door, mark).stream()
                .filter(event -> event.text("event.reason").equals("AUTH_FAILED"))
                .toList();
    }

    private static List<AuditTrail.Event> refusals(Door door, int mark) {
        return door.audit().since(mark).stream()
                .filter(event -> event.action().equals("login-refused"))
                .toList();
    }
}

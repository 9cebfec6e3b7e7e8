package dev.keyhole.system.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.AuditTrail.Event;
import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * U1 of the security bar: whatever is done is one event, not two and not none, and the event answers who, when, from
 * where, what, on what, with which result and how much. One-time links do not exist yet and are not among the deeds.
 */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FortyActionsTest {
    /** From one deed to the next. */
    private record Witnessed(Deed deed, List<Event> events) {}

    private final List<Witnessed> all = new ArrayList<>();
    private final List<String> undone = new ArrayList<>();
    private Door door;
    private Deeds deeds;

    @BeforeAll
    void doThemAll() {
        assumeTrue(OtherUser.weAreRoot(), "only root gives principals OS users of their own");
        door = Door.up();
        deeds = new Deeds(door);
        List<Integer> marks = new ArrayList<>();
        List<Deed> script = deeds.all();
        for (Deed deed : script) {
            int mark = marks.isEmpty() ? 0 : door.audit().size();
            marks.add(mark);
            try {
                deed.does().run();
                awaitTraces(deed, mark);
            } catch (AssertionError | ConditionTimeoutException e) {
                undone.add(deed.name() + ": " + e.getMessage()); // the others are tried as well
            }
        }
        List<Event> events = door.audit().events();
        for (int i = 0; i < script.size(); i++) {
            int end = i + 1 < script.size() ? marks.get(i + 1) : events.size();
            all.add(new Witnessed(script.get(i), events.subList(marks.get(i), end)));
        }
    }

    @AfterAll
    void close() {
        if (door != null) {
            deeds.end();
            door.close();
        }
    }

    /** Until everything is there that must be, and nobody is on the way out any more. */
    private void awaitTraces(Deed deed, int mark) {
        AuditTrail audit = door.audit();
        Awaitility.await("audited: " + deed.name())
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> {
                    List<Event> events = audit.since(mark);
                    for (Deed.Trace trace : deed.traces()) {
                        assertThat(events).as("%s", trace).anyMatch(trace::fits);
                    }
                    assertThat(balance(audit.events())).isEqualTo(deed.stays() ? 1 : 0);
                });
    }

    private static long balance(List<Event> events) {
        return count(events, "login") - count(events, "session-ended");
    }

    private static long count(List<Event> events, String action) {
        return events.stream().filter(event -> event.action().equals(action)).count();
    }

    @Test
    void eachCouldBeDone() {
        assertThat(undone).isEmpty();
    }

    @Test
    void eachIsOneEvent() {
        SoftAssertions soft = new SoftAssertions();
        for (Witnessed one : all) {
            for (Deed.Trace trace : one.deed().traces()) {
                soft.assertThat(one.events().stream().filter(trace::fits).toList())
                        .as("%s: %s", one.deed().name(), trace)
                        .hasSize(1);
            }
        }
        soft.assertAll();
        assertThat(all.stream().mapToInt(one -> one.deed().traces().size()).sum())
                .isGreaterThanOrEqualTo(40);
    }

    /** What nobody expected may be a second event of something. Sessions that carry other deeds come and go. */
    @Test
    void nothingElseIsWritten() {
        SoftAssertions soft = new SoftAssertions();
        for (Witnessed one : all) {
            Map<String, Integer> surplus = new TreeMap<>();
            for (Event event : one.events()) {
                if (one.deed().traces().stream().noneMatch(trace -> trace.fits(event))) {
                    surplus.merge(event.action(), 1, Integer::sum);
                }
            }
            surplus.remove("login");
            surplus.remove("session-ended");
            soft.assertThat(surplus).as(one.deed().name()).isEmpty();
        }
        soft.assertAll();
    }

    @Test
    void eachEventAnswersItsQuestions() {
        SoftAssertions soft = new SoftAssertions();
        for (Event event : door.audit().events()) {
            soft.assertThat(SevenQuestions.areAskedOf(event.action()))
                    .as("somebody thought about %s", event.action())
                    .isTrue();
            soft.assertThat(SevenQuestions.unanswered(event)).as("%s", event.fields()).isEmpty();
        }
        soft.assertAll();
    }

    @Test
    void anEventIsOfThePersonsSessionAndNamesTheSameKeyAndAddress() {
        Map<String, String> whose = new TreeMap<>();
        SoftAssertions soft = new SoftAssertions();
        for (Event event : door.audit().events()) {
            String session = event.text("keyhole.session");
            if (session.isEmpty()) {
                continue;
            }
            String who =
                    String.join(
                            " ",
                            event.text("user.name"),
                            event.text("keyhole.key.fingerprint"),
                            event.text("source.ip"),
                            event.text("source.port"));
            soft.assertThat(whose.computeIfAbsent(session, any -> who))
                    .as("%s", event.fields())
                    .isEqualTo(who);
        }
        soft.assertAll();
        assertThat(whose).hasSizeGreaterThan(10);
    }
}

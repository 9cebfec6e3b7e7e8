package dev.keyhole.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionIdsTest {
    private static final Instant START = Instant.parse("2026-11-23T07:12:13.123Z");

    @Test
    void noTwoSessionsOfADoorShareAName() {
        SessionIds ids = new SessionIds(START);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            names.add(ids.next().value());
        }
        assertThat(new HashSet<>(names)).hasSize(70_000);
        assertThat(names).allMatch(name -> name.matches("c-[0-9a-z]{7}-[0-9a-f]{4,}"));
    }

    @Test
    void aDoorThatIsStartedAgainBeginsWithOtherNames() {
        SessionIds before = new SessionIds(START);
        SessionIds after = new SessionIds(START.plusMillis(100));
        assertThat(before.next()).isNotEqualTo(after.next());
    }

    @Test
    void laterDoorsSortBehindEarlierOnes() {
        String first = new SessionIds(START).next().value();
        String later = new SessionIds(START.plusSeconds(86_400)).next().value();
        assertThat(later).isGreaterThan(first).hasSameSizeAs(first);
    }
}

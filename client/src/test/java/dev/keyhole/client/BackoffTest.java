package dev.keyhole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsGrowButNeverBeyondAQuarterOfAMinute() {
        Backoff backoff = new Backoff(new Random(1));
        assertThat(IntStream.range(0, 200).mapToObj(i -> backoff.next()))
                .allSatisfy(wait ->
                        assertThat(wait).isBetween(Duration.ofMillis(100), Duration.ofSeconds(15)));
        assertThat(backoff.tries()).isEqualTo(200);
    }

    @Test
    void twoLaptopsDoNotComeBackTogether() {
        Backoff one = new Backoff(new Random(1));
        Backoff other = new Backoff(new Random(2));
        assertThat(IntStream.range(0, 8).mapToObj(i -> one.next()).toList())
                .isNotEqualTo(IntStream.range(0, 8).mapToObj(i -> other.next()).toList());
    }

    @Test
    void afterASuccessWaitsAreShortAgain() {
        Backoff backoff = new Backoff(new Random(1));
        IntStream.range(0, 20).forEach(i -> backoff.next());
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(500));
    }
}

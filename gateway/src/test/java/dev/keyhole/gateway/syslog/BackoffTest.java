package dev.keyhole.gateway.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff();

    @Test
    void theFirstTryIsAtOnce() {
        assertThat(backoff.isOver(Long.MIN_VALUE)).isTrue();
    }

    @Test
    void eachFailureDoublesThePauseUpToHalfAMinute() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            backoff.failed(0);
            long pause = Duration.ofSeconds(seconds).toNanos();
            assertThat(backoff.isOver(pause - 1)).as("before %s s", seconds).isFalse();
            assertThat(backoff.isOver(pause)).as("after %s s", seconds).isTrue();
        }
    }

    @Test
    void afterASuccessItBeginsAnew() {
        backoff.failed(0);
        backoff.failed(0);
        backoff.succeeded();
        assertThat(backoff.isOver(0)).isTrue();
        backoff.failed(0);
        assertThat(backoff.isOver(Duration.ofSeconds(1).toNanos())).isTrue();
    }
}

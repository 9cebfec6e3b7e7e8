package dev.keyhole.gateway.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final int IGNORE = 2;
    private static final int CHANNEL_DATA = 94;
    private static final int GLOBAL_REQUEST = 80;

    private static Duration timeOf(int message, int count) {
        Pace pace = new Pace();
        long began = System.nanoTime();
        for (int sent = 0; sent < count; sent++) {
            pace.pass(message);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void aThousandRequestsAtOnceAreNotSlowedDown() {
        assertThat(timeOf(GLOBAL_REQUEST, 1_000)).isLessThan(Duration.ofMillis(200));
    }

    @Test
    void aFloodOfSmallTalkGoesAtFiveThousandASecond() {
        // A quarter of a second's worth is free.
        assertThat(timeOf(IGNORE, 5_000)).isBetween(Duration.ofMillis(700), Duration.ofSeconds(3));
    }

    @Test
    void aQuarterOfASecondsWorthOfDataGoesAtOnce() {
        assertThat(timeOf(CHANNEL_DATA, 10_000)).isLessThan(Duration.ofMillis(200));
    }
}

package dev.keyhole.gateway.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int PER_SECOND = 100_000;

    private final TokenBucket bucket = new TokenBucket();
    private long now = -5 * SECOND; // nanoTime may be anything

    @Test
    void aQuarterOfASecondsWorthMayGoAtOnceAndWhatFollowsWaits() {
        assertThat(book(PER_SECOND / 4)).isZero();
        assertThat(book(PER_SECOND / 10)).isEqualTo(SECOND / 10);
    }

    @Test
    void overTimeExactlyTheRatePasses() {
        long passed = 0;
        long start = now;
        while (now - start < 20 * SECOND) {
            now += book(4_000);
            passed += 4_000;
        }
        assertThat(passed).isCloseTo(20L * PER_SECOND, within(PER_SECOND / 2L));
    }

    @Test
    void aLongPauseSavesUpNoMoreThanAShortOne() {
        book(1);
        now += 3_600 * SECOND;
        assertThat(book(PER_SECOND / 4)).isZero();
        assertThat(book(PER_SECOND)).isEqualTo(SECOND);
    }

    @Test
    void whoAsksInTurnsGetsEqualShares() {
        book(PER_SECOND / 4);
        long first = book(2_000);
        long second = book(2_000);
        long third = book(2_000);
        assertThat(second - first).isEqualTo(third - second).isEqualTo(SECOND / 50);
    }

    @Test
    void afterAnotherRateIsSetTheOldBookingsAreVoid() {
        book(PER_SECOND * 100);
        bucket.clear();
        assertThat(book(1_000)).isZero();
    }

    private long book(int bytes) {
        return bucket.book(bytes, PER_SECOND, now);
    }
}

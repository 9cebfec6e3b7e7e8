package dev.keyhole.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: a random time up to a limit that doubles ("full jitter"), so that many laptops
 * do not come back at the same instant.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(15);
    private static final Duration LEAST = Duration.ofMillis(100);

    private final RandomGenerator random;
    private int tries;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long limit = Math.min(MOST.toMillis(), FIRST.toMillis() << Math.min(tries, 10));
        tries++;
        return Duration.ofMillis(Math.max(LEAST.toMillis(), random.nextLong(limit + 1)));
    }

    /** How many waits were handed out since the last success. */
    int tries() {
        return tries;
    }

    /** The last try worked: the next loss starts with short waits again. */
    void reset() {
        tries = 0;
    }
}

package dev.keyhole.system.flood;

import java.time.Duration;
import java.util.List;

/**
 * What became of some logins with the stock client.
 *
 * @param times of those that succeeded
 */
record Logins(int tried, List<Duration> times) {
    double share() {
        return tried == 0 ? 1 : (double) times.size() / tried;
    }

    /** Of those that succeeded: which time 95 of 100 kept to. */
    Duration p95() {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? Duration.ofDays(1)
                : sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1);
    }

    @Override
    public String toString() {
        return times.size() + " of " + tried + " logins, p95 " + p95().toMillis() + " ms";
    }
}

package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often penalties of a source were enforced, until it has been quiet for long enough. Bounded: when full, whoever
 * was quiet longest is forgotten. Not thread-safe: the guard's lock.
 */
final class Strikes {
    private record Strike(int count, long quietSinceNanos) {}

    private final long forgiveNanos;
    private final int most;
    private final Map<SourceGroup, Strike> strikes = new LinkedHashMap<>(); // oldest first

    Strikes(long forgiveNanos, int most) {
        this.forgiveNanos = forgiveNanos;
        this.most = most;
    }

    /** One more; how many that makes in a row. */
    int count(SourceGroup source, long nanos) {
        return set(source, inARow(source, nanos) + 1, nanos);
    }

    /** Quiet time begins at that moment only: at the end of a ban. */
    int set(SourceGroup source, int count, long quietSinceNanos) {
        strikes.remove(source);
        strikes.put(source, new Strike(count, quietSinceNanos));
        if (strikes.size() > most) {
            forget(strikes.keySet().iterator().next());
        }
        return count;
    }

    int inARow(SourceGroup source, long nanos) {
        Strike strike = strikes.get(source);
        return strike == null || nanos - strike.quietSinceNanos() > forgiveNanos
                ? 0
                : strike.count();
    }

    void forget(SourceGroup source) {
        strikes.remove(source);
    }

    int size() {
        return strikes.size();
    }
}

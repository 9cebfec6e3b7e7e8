package dev.keyhole.gateway.authlog;

import dev.keyhole.wire.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds what a flood may write. Within {@link #WINDOW} a source has {@value #MOST_OF_ONE} lines, all together {@value
 * #MOST_OF_ALL}; the rest is counted, and the counts are lines when the window ends: one for each of {@value
 * #MOST_COUNTED} sources at most, and one for everybody else. So a flood of any size writes less than 25 KiB a second.
 *
 * <p>Not thread-safe: the log's thread alone uses it.
 */
final class LineBudget {
    static final Duration WINDOW = Duration.ofSeconds(10);
    static final int MOST_OF_ONE = 10;
    static final int MOST_OF_ALL = 500;
    static final int MOST_COUNTED = 500;

    /** Of one source, in this window. */
    private record Count(Code last, int written, long beyond) {}

    private final AuthLine format;
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private Instant since = Instant.EPOCH;
    private int written;
    private long ofMany;

    LineBudget(AuthLine format) {
        this.format = format;
    }

    /** The line to write now, if there is room for it. */
    Optional<String> take(Refused refused) {
        String address = refused.address();
        Count count = counts.get(address);
        if (count == null) {
            if (counts.size() >= MOST_OF_ALL + MOST_COUNTED) {
                ofMany++;
                return Optional.empty();
            }
            count = new Count(refused.code(), 0, 0);
        }
        boolean room = count.written() < MOST_OF_ONE && written < MOST_OF_ALL;
        counts.put(
                address,
                room
                        ? new Count(refused.code(), count.written() + 1, count.beyond())
                        : new Count(refused.code(), count.written(), count.beyond() + 1));
        if (!room) {
            return Optional.empty();
        }
        written++;
        return Optional.of(format.one(refused));
    }

    /** Notes refusals that nobody could be asked about. */
    void lost(long more) {
        ofMany += more;
    }

    /** Whether the window is over, or the clock was set back. */
    boolean isOver(Instant now) {
        return now.isBefore(since) || !now.isBefore(since.plus(WINDOW));
    }

    /** Begins a new window; what was only counted in the last one, as lines. */
    List<String> next(Instant now) {
        List<String> lines = new ArrayList<>();
        for (var entry : counts.entrySet()) {
            Count count = entry.getValue();
            if (count.beyond() > 0 && lines.size() < MOST_COUNTED) {
                lines.add(format.counted(now, entry.getKey(), count.last(), count.beyond()));
            } else {
                ofMany += count.beyond();
            }
        }
        if (ofMany > 0) {
            lines.add(format.countedFromMany(now, ofMany));
        }
        counts.clear();
        since = now;
        written = 0;
        ofMany = 0;
        return lines;
    }
}

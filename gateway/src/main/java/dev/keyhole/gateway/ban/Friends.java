package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From where somebody logged in lately. Bounded: when full, who logged in longest ago is forgotten. Not thread-safe:
 * the guard's lock.
 */
final class Friends {
    static final int MOST = 65_536;

    /** A login changes what is kept on disk only when that is older. */
    private static final Duration WORTH_KEEPING = Duration.ofHours(12);

    private record Known(Instant last, Instant kept) {}

    private final Duration lasts;
    private final int most;
    private final Map<SourceGroup, Known> friends = new LinkedHashMap<>(); // oldest first

    Friends(Duration lasts, int most) {
        this.lasts = lasts;
        this.most = most;
    }

    /** From the store: the oldest must come first. */
    void remember(Friend friend) {
        put(friend.source(), new Known(friend.last(), friend.last()));
    }

    /** Notes a login; whether that should be kept. */
    boolean loggedIn(SourceGroup source, Instant now) {
        Known before = friends.getOrDefault(source, new Known(now, Instant.MIN));
        boolean worthKeeping = before.kept().isBefore(now.minus(WORTH_KEEPING));
        put(source, new Known(now, worthKeeping ? now : before.kept()));
        return worthKeeping;
    }

    private void put(SourceGroup source, Known known) {
        friends.remove(source);
        friends.put(source, known);
        if (friends.size() > most) {
            Iterator<SourceGroup> oldest = friends.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    boolean has(SourceGroup source, Instant now) {
        Known known = friends.get(source);
        return known != null && known.last().isAfter(oldest(now));
    }

    /** Who did not log in since then is a friend no more. */
    Instant oldest(Instant now) {
        return now.minus(lasts);
    }

    /** Forgets them; whether there were any. */
    boolean expire(Instant now) {
        Instant oldest = oldest(now);
        int before = friends.size();
        Iterator<Known> known = friends.values().iterator();
        while (known.hasNext() && !known.next().last().isAfter(oldest)) {
            known.remove();
        }
        return friends.size() < before;
    }

    int size() {
        return friends.size();
    }
}

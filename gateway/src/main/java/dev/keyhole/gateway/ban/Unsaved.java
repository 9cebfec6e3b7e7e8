package dev.keyhole.gateway.ban;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has changed and is not on disk yet; a later word on the same thing replaces the earlier one. Bounded: a disk that
 * fails for long makes the door forget at its restart, not run out of memory. Not thread-safe: the guard's lock.
 */
final class Unsaved {
    private static final int MOST = 200_000;

    private final Map<Object, BanChange> changes = new LinkedHashMap<>();

    void add(BanChange change) {
        Object about = about(change);
        changes.remove(about);
        if (changes.size() < MOST) {
            changes.put(about, change);
        }
    }

    private static Object about(BanChange change) {
        return switch (change) {
            case BanChange.Keep(var ban) -> ban.incident();
            case BanChange.Forget(var incident) -> incident;
            case BanChange.KeepFriend(var friend) -> friend.source();
            case BanChange.ForgetFriendsBefore forget -> BanChange.ForgetFriendsBefore.class;
        };
    }

    /** Takes all. */
    List<BanChange> take() {
        List<BanChange> taken = List.copyOf(changes.values());
        changes.clear();
        return taken;
    }

    /** It could not be kept after all; what came meanwhile counts more. */
    void putBack(List<BanChange> taken) {
        List<BanChange> since = take();
        taken.forEach(this::add);
        since.forEach(this::add);
    }
}

package dev.keyhole.gateway.ban;

import java.util.List;

/** Keeps bans and friends over a restart of the door. It knows no rules. Thread-safe; it blocks on a disk. */
public interface BanStore {
    /**
     * Everything that is kept.
     *
     * @param friends those who logged in last come first
     */
    record Kept(List<Ban> bans, List<Friend> friends) {}

    /** Reads everything. */
    Kept load() throws BansUnavailable;

    /** All of them or none, in order, on disk when it returns. */
    void keep(List<BanChange> changes) throws BansUnavailable;
}

package dev.keyhole.gateway.store;

import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.ban.BanChange;
import dev.keyhole.gateway.ban.BanStore;
import dev.keyhole.gateway.ban.BansUnavailable;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Bans and friends in the store. Thread-safe. */
final class KeptBans implements BanStore {
    private final SqliteStore store;

    KeptBans(SqliteStore store) {
        this.store = store;
    }

    @Override
    public Kept load() throws BansUnavailable {
        try {
            return store.inTransaction(
                    "read",
                    handle -> new Kept(new BanTable(handle).all(), new FriendTable(handle).all()));
        } catch (StoreUnavailable e) {
            throw new BansUnavailable(e.getMessage(), e);
        }
    }

    @Override
    public void keep(List<BanChange> changes) throws BansUnavailable {
        try {
            store.inTransaction(
                    "written",
                    handle -> {
                        changes.forEach(change -> write(handle, change));
                        return changes.size();
                    });
        } catch (StoreUnavailable e) {
            throw new BansUnavailable(e.getMessage(), e);
        }
    }

    private static void write(Handle handle, BanChange change) {
        switch (change) {
            case BanChange.Keep(var ban) -> new BanTable(handle).put(ban);
            case BanChange.Forget(var incident) -> new BanTable(handle).delete(incident);
            case BanChange.KeepFriend(var friend) -> new FriendTable(handle).put(friend);
            case BanChange.ForgetFriendsBefore(var time) ->
                    new FriendTable(handle).deleteBefore(time);
        }
    }
}

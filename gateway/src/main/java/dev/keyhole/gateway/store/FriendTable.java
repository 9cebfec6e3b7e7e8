package dev.keyhole.gateway.store;

import dev.keyhole.gateway.ban.Friend;
import dev.keyhole.gateway.model.SourceGroup;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code friendly_sources}. Used on the store's thread only. */
final class FriendTable {
    private final Handle handle;

    FriendTable(Handle handle) {
        this.handle = handle;
    }

    /** Who logged in longest ago comes first. */
    List<Friend> all() {
        return handle.createQuery("SELECT * FROM friendly_sources ORDER BY last_login")
                .map((row, context) ->
                        new Friend(
                                SourceGroup.parse(Column.text(row, "source")),
                                Instant.ofEpochSecond(row.getLong("last_login"))))
                .list();
    }

    void put(Friend friend) {
        handle.createUpdate("DELETE FROM friendly_sources WHERE source = :source")
                .bind("source", friend.source().toString())
                .execute();
        handle.createUpdate(
                        "INSERT INTO friendly_sources (source, last_login) VALUES (:source, :last)")
                .bind("source", friend.source().toString())
                .bind("last", friend.last().getEpochSecond())
                .execute();
    }

    void deleteBefore(Instant time) {
        handle.createUpdate("DELETE FROM friendly_sources WHERE last_login <= :time")
                .bind("time", time.getEpochSecond())
                .execute();
    }
}

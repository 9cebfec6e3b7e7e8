package dev.keyhole.gateway.store;

import dev.keyhole.gateway.ban.Ban;
import dev.keyhole.gateway.ban.Incident;
import dev.keyhole.gateway.model.AddressBlock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** The table {@code bans}. Used on the store's thread only. */
final class BanTable {
    private final Handle handle;

    BanTable(Handle handle) {
        this.handle = handle;
    }

    List<Ban> all() {
        return handle.createQuery("SELECT * FROM bans ORDER BY since, incident")
                .map((row, context) -> read(row))
                .list();
    }

    /** Instead of another ban of the same network. */
    void put(Ban ban) {
        handle.createUpdate("DELETE FROM bans WHERE incident = :incident OR network = :network")
                .bind("incident", ban.incident().value())
                .bind("network", ban.network().toString())
                .execute();
        handle.createUpdate(
                        """
                        INSERT INTO bans (incident, network, origin, placer, reason, level, since, until)
                        VALUES (:incident, :network, :origin, :placer, :reason, :level, :since, :until)
                        """)
                .bind("incident", ban.incident().value())
                .bind("network", ban.network().toString())
                .bind("origin", ban.by().name().toLowerCase(Locale.ROOT))
                .bind("placer", ban.placer())
                .bind("reason", ban.reason())
                .bind("level", ban.level())
                .bind("since", ban.since().toString())
                .bind("until", ban.until().map(Instant::toString))
                .execute();
    }

    void delete(Incident incident) {
        handle.createUpdate("DELETE FROM bans WHERE incident = :incident")
                .bind("incident", incident.value())
                .execute();
    }

    private static Ban read(ResultSet row) throws SQLException {
        return new Ban(
                new Incident(Column.text(row, "incident")),
                AddressBlock.parse(Column.text(row, "network")),
                Ban.By.valueOf(Column.text(row, "origin").toUpperCase(Locale.ROOT)),
                Column.text(row, "placer"),
                Column.text(row, "reason"),
                row.getInt("level"),
                Column.time(row, "since"),
                Column.optional(row, "until").map(Instant::parse));
    }
}

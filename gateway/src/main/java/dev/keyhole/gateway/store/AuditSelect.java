package dev.keyhole.gateway.store;

import dev.keyhole.gateway.audit.AuditField;
import dev.keyhole.gateway.audit.AuditQuery;
import dev.keyhole.gateway.model.AddressBlock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A query as SQL. Values are always bound, never written into the text. Used by one thread. */
final class AuditSelect {
    private final StringBuilder where = new StringBuilder("1");
    private final List<Object> values = new ArrayList<>();
    private final AuditQuery query;

    AuditSelect(AuditQuery query, Connection connection) throws SQLException {
        this.query = query;
        query.fields()
                .forEach((field, wanted) -> {
                    and(
                            "e."
                                    + field.word()
                                    + " IN ("
                                    + String.join(", ", Collections.nCopies(wanted.size(), "?"))
                                    + ")",
                            wanted.toArray());
                });
        query.source().ifPresent(this::from);
        query.openAt()
                .ifPresent(at ->
                        and(
                                "e.sequence IN (SELECT login FROM sessions WHERE begun <= ?"
                                        + " AND (ended IS NULL OR ended > ?))",
                                at.toEpochMilli(),
                                at.toEpochMilli()));
        query.after().ifPresent(sequence -> and("e.sequence > ?", sequence));
        between(connection, query.since(), query.until());
    }

    /** Numbers first: they are the order of the table, so a limit ends the search early. */
    private void between(Connection connection, Optional<Instant> since, Optional<Instant> until)
            throws SQLException {
        if (since.isEmpty() && until.isEmpty()) {
            return;
        }
        long first = since.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        long end = until.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        try (PreparedStatement range =
                connection.prepareStatement(
                        "SELECT MIN(sequence), MAX(sequence) FROM events WHERE at >= ? AND at < ?")) {
            range.setLong(1, first);
            range.setLong(2, end);
            try (ResultSet row = range.executeQuery()) {
                row.next();
                and("e.sequence BETWEEN ? AND ?", row.getLong(1), row.getLong(2));
            }
        }
        // The clock may have been set back in between; the plus keeps SQLite from choosing by time.
        and("+e.at >= ? AND +e.at < ?", first, end);
    }

    private void from(AddressBlock block) {
        byte[] low = block.network().getAddress();
        byte[] high = low.clone();
        for (int bit = block.bits(); bit < high.length * 8; bit++) {
            high[bit / 8] |= (byte) (0x80 >> (bit % 8));
        }
        and("e.ip BETWEEN ? AND ? AND length(e.ip) = ?", low, high, low.length);
    }

    private void and(String condition, Object... with) {
        where.append(" AND ").append(condition);
        values.addAll(List.of(with));
    }

    /** Where the wanted lines lie. */
    PreparedStatement prepared(Connection connection) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT sequence, first, offset, length FROM events e WHERE "
                                + where
                                + " ORDER BY sequence "
                                + (query.after().isPresent() ? "ASC" : "DESC")
                                + " LIMIT ?");
        values.add(query.limit());
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    /** The columns that hold fields, for the tables. */
    static List<String> columns() {
        return List.of(AuditField.values()).stream().map(AuditField::word).toList();
    }
}

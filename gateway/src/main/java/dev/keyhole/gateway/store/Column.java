package dev.keyhole.gateway.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads columns that may be empty. Static and without state. */
final class Column {
    private Column() {}

    static String text(ResultSet row, String name) throws SQLException {
        String text = row.getString(name);
        if (text == null) {
            throw new SQLException("the column " + name + " is empty");
        }
        return text;
    }

    static Instant time(ResultSet row, String name) throws SQLException {
        return Instant.parse(text(row, name));
    }

    static Optional<String> optional(ResultSet row, String name) throws SQLException {
        return Optional.ofNullable(row.getString(name));
    }

    static OptionalInt optionalInt(ResultSet row, String name) throws SQLException {
        int value = row.getInt(name);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static OptionalLong optionalLong(ResultSet row, String name) throws SQLException {
        long value = row.getLong(name);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}

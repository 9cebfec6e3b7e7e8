package dev.keyhole.gateway.store;

import dev.keyhole.gateway.audit.AuditIndex.Carried;
import dev.keyhole.gateway.audit.AuditIndex.KeyUse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What many events say together. Used on the index's thread only. */
final class AuditSums {
    private static final String KEYS =
            """
            SELECT principal, key, ip, COUNT(*) AS logins, MIN(at) AS first, MAX(at) AS last
            FROM events WHERE action = 'login' AND +at >= ? AND +at < ?
            GROUP BY principal, key, ip ORDER BY logins DESC, principal, key LIMIT ?
            """;
    private static final String BYTES =
            """
            SELECT principal, COUNT(*) AS forwards, SUM(bytes_in) AS inwards, SUM(bytes_out) AS outwards
            FROM events WHERE bytes_in IS NOT NULL AND principal IS NOT NULL AND +at >= ? AND +at < ?
            GROUP BY principal ORDER BY inwards + outwards DESC, principal LIMIT ?
            """;

    private AuditSums() {}

    static List<KeyUse> keys(
            Connection connection, Optional<Instant> since, Optional<Instant> until, int limit)
            throws SQLException {
        try (PreparedStatement statement = bound(connection, KEYS, since, until, limit);
                ResultSet row = statement.executeQuery()) {
            List<KeyUse> uses = new ArrayList<>();
            while (row.next()) {
                uses.add(
                        new KeyUse(
                                text(row, "principal"),
                                text(row, "key"),
                                address(row.getBytes("ip")),
                                row.getLong("logins"),
                                Instant.ofEpochMilli(row.getLong("first")).toString(),
                                Instant.ofEpochMilli(row.getLong("last")).toString()));
            }
            return uses;
        }
    }

    static List<Carried> bytes(
            Connection connection, Optional<Instant> since, Optional<Instant> until, int limit)
            throws SQLException {
        try (PreparedStatement statement = bound(connection, BYTES, since, until, limit);
                ResultSet row = statement.executeQuery()) {
            List<Carried> sums = new ArrayList<>();
            while (row.next()) {
                sums.add(
                        new Carried(
                                text(row, "principal"),
                                row.getLong("forwards"),
                                row.getLong("inwards"),
                                row.getLong("outwards")));
            }
            return sums;
        }
    }

    private static PreparedStatement bound(
            Connection connection,
            String question,
            Optional<Instant> since,
            Optional<Instant> until,
            int limit)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(question);
        statement.setLong(1, since.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
        statement.setLong(2, until.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
        statement.setInt(3, limit);
        return statement;
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Column.optional(row, column).orElse("");
    }

    private static String address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}

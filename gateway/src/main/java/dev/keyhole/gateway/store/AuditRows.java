package dev.keyhole.gateway.store;

import dev.keyhole.gateway.audit.AuditField;
import dev.keyhole.gateway.audit.AuditFollower.Line;
import dev.keyhole.gateway.audit.EventLine;
import dev.keyhole.gateway.audit.ReadPlace;
import dev.keyhole.gateway.model.AddressBlock;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes events into the tables of the index. Used on the index's thread only, inside of its transactions. */
final class AuditRows implements AutoCloseable {
    /** The order of the columns below. */
    private static final List<AuditField> FIELDS = List.of(AuditField.values());

    private final List<PreparedStatement> all = new ArrayList<>();
    private final PreparedStatement event;
    private final PreparedStatement begun;
    private final PreparedStatement ended;
    private final PreparedStatement allEnded;
    private final UnaryOperator<String> revealed;

    AuditRows(Connection connection, UnaryOperator<String> revealed) throws SQLException {
        this.revealed = revealed;
        event =
                prepared(
                        connection,
                        "INSERT OR REPLACE INTO events (sequence, at, ip, bytes_in, bytes_out, first, offset, length, "
                                + String.join(", ", FIELDS.stream().map(AuditField::word).toList())
                                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?"
                                + ", ?".repeat(FIELDS.size())
                                + ")");
        begun =
                prepared(
                        connection,
                        """
                        INSERT INTO sessions (login, session, begun)
                        SELECT ?1, ?2, ?3 WHERE NOT EXISTS
                        (SELECT 1 FROM sessions WHERE session = ?2 AND ended IS NULL)
                        """);
        ended =
                prepared(
                        connection,
                        "UPDATE sessions SET ended = ? WHERE session = ? AND ended IS NULL");
        allEnded = prepared(connection, "UPDATE sessions SET ended = ? WHERE ended IS NULL");
    }

    private PreparedStatement prepared(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        all.add(statement);
        return statement;
    }

    /** A line that is none of ours is left out: what is wrong with it says {@code audit verify}. */
    void add(Line line) throws SQLException {
        EventLine fields;
        long sequence;
        Instant at;
        try {
            fields = EventLine.of(revealed.apply(line.text()));
            sequence = fields.number("event.sequence").orElseThrow();
            at = Instant.parse(fields.text("@timestamp").orElseThrow());
        } catch (RuntimeException e) {
            return;
        }
        add(sequence, at, fields, line);
        follow(sequence, at, fields);
    }

    private void add(long sequence, Instant at, EventLine fields, Line line) throws SQLException {
        event.setLong(1, sequence);
        event.setLong(2, at.toEpochMilli());
        event.setBytes(3, source(fields));
        number(4, fields.number("source.bytes"));
        number(5, fields.number("destination.bytes"));
        ReadPlace place = line.at();
        event.setLong(6, place.first());
        event.setLong(7, place.offset());
        event.setInt(8, line.bytes().length);
        for (int i = 0; i < FIELDS.size(); i++) {
            event.setString(9 + i, fields.text(FIELDS.get(i).ecs()).orElse(null));
        }
        event.executeUpdate();
    }

    private void number(int column, OptionalLong value) throws SQLException {
        if (value.isPresent()) {
            event.setLong(column, value.getAsLong());
        } else {
            event.setNull(column, Types.INTEGER);
        }
    }

    private void follow(long sequence, Instant at, EventLine fields) throws SQLException {
        String session = fields.text("keyhole.session").orElse("");
        switch (fields.text("event.action").orElse("")) {
            case "login" -> begin(sequence, session, at);
            case "session-goes-on" ->
                    begin(
                            sequence,
                            session,
                            fields.text("keyhole.since").map(Instant::parse).orElse(at));
            case "session-ended" -> {
                ended.setLong(1, at.toEpochMilli());
                ended.setString(2, session);
                ended.executeUpdate();
            }
            // No session outlives its door.
            case "door-started", "door-stopped" -> {
                allEnded.setLong(1, at.toEpochMilli());
                allEnded.executeUpdate();
            }
            default -> {
                // no session begins or ends
            }
        }
    }

    private void begin(long login, String session, Instant at) throws SQLException {
        begun.setLong(1, login);
        begun.setString(2, session);
        begun.setLong(3, at.toEpochMilli());
        begun.executeUpdate();
    }

    /** Of a sum over a network of IPv6 its first address, so that a search for the network finds it. */
    private static byte @Nullable [] source(EventLine fields) {
        return fields.text("source.ip")
                .or(() -> fields.text("source.address").map(AuditRows::withoutLength))
                .map(AuditRows::address)
                .orElse(null);
    }

    private static String withoutLength(String block) {
        int slash = block.indexOf('/');
        return slash < 0 ? block : block.substring(0, slash);
    }

    /** 4 or 16 bytes; none for what is no address, which no search for one finds. */
    private static byte[] address(String text) {
        return AddressBlock.literal(text).map(InetAddress::getAddress).orElse(new byte[0]);
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : all) {
            statement.close();
        }
    }
}

package dev.keyhole.gateway.store;

import dev.keyhole.gateway.audit.ReadPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The file of the index and its tables. Nothing in it is worth a migration or a backup: another version of the tables,
 * or damage, and it is thrown away.
 */
final class AuditTables {
    /** Raised with every change of the tables below. */
    private static final int VERSION = 1;

    private AuditTables() {}

    /** Opens it; makes it where there is none of this version. */
    static Connection open(Path file) throws IOException, SQLException {
        if (Files.notExists(file)) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // Whole after a power cut, though perhaps older; then it catches up.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(5_000);
        config.setCacheSize(-32_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Connection connection = source.getConnection();
        try {
            prepare(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            int version = number(statement, "PRAGMA user_version");
            if (version == VERSION) {
                connection.rollback();
                return;
            }
            if (version != 0) {
                throw new SQLException("it is of another release");
            }
            make(statement);
            statement.execute("PRAGMA user_version = " + VERSION);
            connection.commit();
        }
    }

    private static void make(Statement statement) throws SQLException {
        statement.execute(
                "CREATE TABLE events (sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, ip BLOB,"
                        + " bytes_in INTEGER, bytes_out INTEGER, first INTEGER NOT NULL,"
                        + " offset INTEGER NOT NULL, length INTEGER NOT NULL, "
                        + String.join(" TEXT, ", AuditSelect.columns())
                        + " TEXT)");
        statement.execute("CREATE INDEX events_at ON events (at)");
        statement.execute("CREATE INDEX events_ip ON events (ip) WHERE ip IS NOT NULL");
        statement.execute(
                "CREATE INDEX events_bytes ON events (principal, at, bytes_in, bytes_out)"
                        + " WHERE bytes_in IS NOT NULL");
        for (String column : AuditSelect.columns()) {
            statement.execute(
                    "CREATE INDEX events_%1$s ON events (%1$s) WHERE %1$s IS NOT NULL"
                            .formatted(column));
        }
        statement.execute(
                "CREATE TABLE sessions (login INTEGER PRIMARY KEY, session TEXT NOT NULL,"
                        + " begun INTEGER NOT NULL, ended INTEGER)");
        statement.execute("CREATE INDEX sessions_open ON sessions (session) WHERE ended IS NULL");
        statement.execute("CREATE TABLE place (first INTEGER NOT NULL, offset INTEGER NOT NULL)");
        statement.execute("INSERT INTO place VALUES (0, 0)");
    }

    private static int number(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** Up to where the files are in it. */
    static ReadPlace place(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT first, offset FROM place")) {
            if (!row.next()) {
                throw new SQLException("its place is lost");
            }
            return new ReadPlace(row.getLong(1), row.getLong(2));
        }
    }

    static void setPlace(Connection connection, ReadPlace place) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE place SET first = ?, offset = ?")) {
            statement.setLong(1, place.first());
            statement.setLong(2, place.offset());
            statement.executeUpdate();
        }
    }

    static void forgetBefore(Connection connection, long sequence) throws SQLException {
        for (String sql :
                new String[] {
                    "DELETE FROM events WHERE sequence < ?", "DELETE FROM sessions WHERE login < ?"
                }) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, sequence);
                statement.executeUpdate();
            }
        }
    }

    /** With what SQLite lays beside it. */
    static void remove(Path file) throws IOException {
        for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }
}

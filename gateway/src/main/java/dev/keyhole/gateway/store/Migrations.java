package dev.keyhole.gateway.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/** Brings a database to the tables of this release, and refuses one that a later release wrote. */
final class Migrations {
    /** Each migration is one transaction, so half of one is never seen. */
    private static final String WHERE = "classpath:dev/keyhole/gateway/store";

    /** The version of the last file there. */
    static final String NEWEST = "3";

    private Migrations() {}

    /** @throws IOException with a message for the operator */
    static void apply(DataSource database, String name) throws IOException {
        Optional<String> schema = schema(database);
        requireKnown(schema, name);
        if (schema.isPresent() && schema.get().equals(NEWEST)) {
            return; // as at nearly every start: loading what migrates takes a third of a second
        }
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database)
                    .locations(WHERE)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IOException(
                    "The store "
                            + name
                            + " cannot be brought to this release: "
                            + firstLine(e)
                            + ". Restore it from a backup with `keyhole restore FILE`",
                    e);
        }
    }

    /** The version of its tables; empty when it has none of ours. */
    static Optional<String> schema(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC")) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            return Optional
                    .empty(); // a new file has no such table; whatever else it is, the migration
            // says it
        }
    }

    /** @throws IOException when a later release wrote it */
    static void requireKnown(Optional<String> schema, String name) throws IOException {
        if (schema.isPresent()
                && MigrationVersion.fromVersion(schema.get())
                        .isNewerThan(MigrationVersion.fromVersion(NEWEST))) {
            throw new IOException(
                    "The store "
                            + name
                            + " was written by a later release: it has schema "
                            + schema.get()
                            + ", and this one knows up to "
                            + NEWEST
                            + ". Start the later release, or restore a backup from before it with `keyhole restore FILE`");
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("no reason given");
    }
}

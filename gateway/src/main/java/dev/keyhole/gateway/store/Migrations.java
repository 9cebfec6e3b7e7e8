package dev.keyhole.gateway.store;

import java.io.IOException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings a database to the tables of this release, and refuses one that a later release wrote. */
final class Migrations {
    /** Each migration is one transaction, so half of one is never seen. */
    private static final String WHERE = "classpath:dev/keyhole/gateway/store";

    private Migrations() {}

    /** @throws IOException with a message for the operator */
    static void apply(DataSource database, String name) throws IOException {
        try {
            Flyway flyway =
                    Flyway.configure(Migrations.class.getClassLoader())
                            .dataSource(database)
                            .locations(WHERE)
                            .load();
            for (MigrationInfo migration : flyway.info().all()) {
                if (!migration.getState().isResolved() && migration.getState().isApplied()) {
                    throw new IOException(newer(flyway, name, migration));
                }
            }
            flyway.migrate();
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

    private static String newer(Flyway flyway, String name, MigrationInfo unknown) {
        String known =
                Arrays.stream(flyway.info().all())
                        .filter(migration -> migration.getState().isResolved())
                        .map(migration -> String.valueOf(migration.getVersion()))
                        .reduce("none", (before, after) -> after);
        return "The store "
                + name
                + " was written by a later release: it has schema "
                + unknown.getVersion()
                + ", and this one knows up to "
                + known
                + ". Start the later release, or restore a backup from before it with `keyhole restore FILE`";
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("no reason given");
    }
}

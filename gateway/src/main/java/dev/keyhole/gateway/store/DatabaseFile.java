package dev.keyhole.gateway.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The file of the store: private, whole, and opened so that what was answered survives a power cut. */
final class DatabaseFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;

    DatabaseFile(Path file) {
        this.file = file;
    }

    /**
     * Makes an empty file if there is none, and checks the one that there is.
     *
     * @throws IOException with a message for the operator
     */
    void prepare() throws IOException {
        keepNativeLibraryHere();
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            requirePrivate();
            requireWhole();
        }
    }

    /** The library unpacks native code; a machine's /tmp may be read-only or forbid it to run. */
    private void keepNativeLibraryHere() throws IOException {
        Path directory =
                Objects.requireNonNull(file.toAbsolutePath().getParent()).resolve("native");
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        System.setProperty("org.sqlite.tmpdir", directory.toString());
    }

    private void requirePrivate() throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("The store " + file + " is not a file");
        }
        Set<PosixFilePermission> mode =
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!OWNER_ONLY.containsAll(mode)) {
            throw new IOException(
                    "The store "
                            + file
                            + " is open to others ("
                            + PosixFilePermissions.toString(mode)
                            + "). If nobody has changed it, run: chmod 600 "
                            + file);
        }
    }

    private void requireWhole() throws IOException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA quick_check")) {
            String verdict = answer.next() ? answer.getString(1) : "no answer";
            if (!verdict.equals("ok")) {
                throw damaged(verdict, null);
            }
        } catch (SQLException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    private IOException damaged(
            String verdict, @org.jspecify.annotations.Nullable SQLException cause) {
        return new IOException(
                "The store "
                        + file
                        + " is damaged ("
                        + verdict.lines().findFirst().orElse("")
                        + "). Restore it from a backup with `keyhole restore FILE`",
                cause);
    }

    DataSource source() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(5_000);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}

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
import java.util.Optional;
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
        this.file = file.toAbsolutePath();
    }

    Path directory() {
        return Objects.requireNonNull(file.getParent());
    }

    /**
     * Makes an empty file if there has never been one, and checks the one that there is.
     *
     * @throws IOException with a message for the operator
     */
    void prepare() throws IOException {
        // Beside the file once it was made: without it a lost store would look like a new one, and
        // its locks be gone.
        Path mark = file.resolveSibling(file.getFileName() + ".made");
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
                && Files.exists(mark, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    "The store "
                            + file
                            + " is gone, but "
                            + mark
                            + " shows that there was one. Restore it from a backup with `keyhole restore FILE`;"
                            + " or, if everybody may be added anew, delete "
                            + mark);
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            check();
        }
        if (Files.notExists(mark, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(mark, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
    }

    private void check() throws IOException {
        requirePrivate();
        Optional<String> damage = damage();
        if (damage.isPresent()) {
            throw new IOException(
                    "The store "
                            + file
                            + " is damaged ("
                            + damage.get()
                            + "). Restore it from a backup with `keyhole restore FILE`");
        }
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
        // The directory is the door's own; whose the file is besides could change who may log in.
        if (!Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
                .equals(Files.getOwner(directory(), LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException(
                    "The store "
                            + file
                            + " belongs to "
                            + Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName()
                            + ", not to the owner of its directory. If nobody has changed it, give it back with chown");
        }
    }

    /** Reads all of it; what is wrong with it, in a few words. */
    Optional<String> damage() {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            String verdict = first(statement, "PRAGMA quick_check");
            if (!verdict.equals("ok")) {
                return Optional.of(verdict.lines().findFirst().orElse("no verdict"));
            }
            String orphan = first(statement, "PRAGMA foreign_key_check");
            return orphan.isEmpty()
                    ? Optional.empty()
                    : Optional.of("a row of " + orphan + " hangs on nothing");
        } catch (SQLException e) {
            return Optional.of(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable"));
        }
    }

    private static String first(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() ? String.valueOf(answer.getString(1)) : "";
        }
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

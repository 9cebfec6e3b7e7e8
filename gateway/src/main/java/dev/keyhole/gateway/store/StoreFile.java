package dev.keyhole.gateway.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A store as a file that no door has open: a copy that was judged, for a backup or a restore. Whoever judges may have
 * more rights than the door, so it works on a copy in a directory of its own. Used by one thread.
 */
public final class StoreFile implements Closeable {
    private static final String NAME = "store.db";

    private final Path directory;
    private final int principals;
    private final int keys;

    private StoreFile(Path directory, int principals, int keys) {
        this.directory = directory;
        this.principals = principals;
        this.keys = keys;
    }

    /**
     * Copies a store and judges the copy.
     *
     * @param workplace exists, and nobody with fewer rights than ours may write there
     * @throws IOException with a message for the operator: damaged, of a later release, or no store at all
     */
    public static StoreFile examined(Path file, Path workplace) throws IOException {
        NativeLibrary.keepIn(workplace.resolve("native"));
        Path directory = Files.createTempDirectory(workplace, "store-");
        try {
            fetch(file, directory.resolve(NAME));
            Path log = file.resolveSibling(file.getFileName() + "-wal");
            if (Files.exists(log, LinkOption.NOFOLLOW_LINKS)) {
                fetch(log, directory.resolve(NAME + "-wal"));
            }
            return judged(file, directory);
        } catch (IOException e) {
            remove(directory);
            throw e;
        }
    }

    private static void fetch(Path file, Path to) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is no file");
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(
                    to,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            try (var out = Files.newOutputStream(to)) {
                in.transferTo(out);
            }
        }
    }

    private static StoreFile judged(Path asked, Path directory) throws IOException {
        DatabaseFile copy = new DatabaseFile(directory.resolve(NAME));
        Optional<String> damage = copy.damage();
        if (damage.isPresent()) {
            throw new IOException(asked + " is no whole store of keyhole (" + damage.get() + ")");
        }
        DataSource source = copy.source();
        Optional<String> schema = Migrations.schema(source);
        Migrations.requireKnown(schema, asked.toString());
        if (schema.isEmpty()) {
            throw new IOException(asked + " is no store of keyhole");
        }
        // The last one that closes it writes its log into it, so that it is one whole file.
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return new StoreFile(
                    directory,
                    count(statement, "SELECT COUNT(*) FROM principals WHERE origin = 'store'"),
                    count(statement, "SELECT COUNT(*) FROM enrolled_keys"));
        } catch (SQLException e) {
            throw new IOException(asked + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static int count(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /** One whole file, 0600 and ours; gone when this is closed. */
    public Path whole() {
        return directory.resolve(NAME);
    }

    /** Without those of the config. */
    public int principals() {
        return principals;
    }

    /** Without those of the config. */
    public int keys() {
        return keys;
    }

    @Override
    public void close() throws IOException {
        remove(directory);
    }

    private static void remove(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

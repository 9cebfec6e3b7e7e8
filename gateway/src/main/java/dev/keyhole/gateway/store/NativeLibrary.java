package dev.keyhole.gateway.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native code, unpacked once for each release of it. By itself the library unpacks it at every start into /tmp,
 * which may be read-only or forbid programs, and a process that is killed leaves it there for ever.
 */
final class NativeLibrary {
    private NativeLibrary() {}

    /**
     * Holds for this whole process; the first use of SQLite loads it.
     *
     * @param directory ours alone: what lies in it runs with our rights
     */
    static void keepIn(Path directory) throws IOException {
        String name = SQLiteJDBCLoader.getVersion() + "-" + LibraryLoaderUtil.getNativeLibName();
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            clear(directory);
            unpack(file);
        }
        System.setProperty("org.sqlite.lib.path", directory.toString());
        System.setProperty("org.sqlite.lib.name", name);
    }

    private static void unpack(Path file) throws IOException {
        String resource =
                LibraryLoaderUtil.getNativeLibResourcePath()
                        + "/"
                        + LibraryLoaderUtil.getNativeLibName();
        try (InputStream code = SQLiteConnection.class.getResourceAsStream(resource)) {
            if (code == null) {
                throw new FileNotFoundException(
                        "SQLite has no code for this kind of machine (" + resource + ")");
            }
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.copy(code, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** What other releases left. */
    private static void clear(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}

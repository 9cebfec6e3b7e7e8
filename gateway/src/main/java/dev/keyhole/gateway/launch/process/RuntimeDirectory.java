package dev.keyhole.gateway.launch.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A directory for unix sockets whose path is short enough. A socket's path ends at 107 bytes (unix(7)), a home may be
 * longer: then it is a private directory with a random name under /run (root) or /tmp, and a note under the home says
 * where, so that the next start finds it again and the last stop removes it.
 *
 * <p>{@code XDG_RUNTIME_DIR} is not used: it vanishes with the last login, and a workspace outlives that.
 */
public final class RuntimeDirectory {
    /** The most bytes that a unix socket's path may have on Linux. */
    public static final int LONGEST_SOCKET_PATH = 107;

    private final Path preferred;
    private final Path note;
    private final int room;
    private final PrivateDirectory rights;

    /**
     * @param preferred the directory under the home that is used when it is short enough; its parent exists
     * @param note the file that remembers a short directory; it lies where only we may write
     * @param room bytes that are appended to the directory's path at most, slash included
     * @param mode of the directory; it belongs to the user that this process runs as
     */
    public RuntimeDirectory(Path preferred, Path note, int room, int mode) {
        OsUser us = OsUser.current();
        this.preferred = preferred;
        this.note = note;
        this.room = room;
        this.rights = new PrivateDirectory(us.uid(), us.gid(), mode);
    }

    /** The directory, made if need be. */
    public Path open() throws IOException {
        Optional<Path> existing = existing();
        if (existing.isPresent()) {
            return existing.get();
        }
        if (fits(preferred)) {
            rights.ensure(preferred);
            return preferred;
        }
        return makeShort(Path.of(OsUser.current().isRoot() ? "/run" : "/tmp"));
    }

    /** The directory of an earlier {@link #open}, if it is still there and still ours. Makes nothing. */
    public Optional<Path> existing() throws IOException {
        if (fits(preferred)) {
            return rights.holds(preferred) ? Optional.of(preferred) : Optional.empty();
        }
        Optional<Path> noted = noted();
        return noted.isPresent() && rights.holds(noted.get()) ? noted : Optional.empty();
    }

    /** Removes a short directory with all that is in it; leaves the one under the home. */
    public void remove() throws IOException {
        Optional<Path> noted = noted();
        if (noted.isPresent() && rights.holds(noted.get())) {
            removeTree(noted.get());
        }
        Files.deleteIfExists(note);
    }

    private boolean fits(Path directory) {
        return directory.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length + room
                <= LONGEST_SOCKET_PATH;
    }

    private Optional<Path> noted() throws IOException {
        if (!Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(Path.of(Files.readString(note).strip()));
    }

    private Path makeShort(Path parent) throws IOException {
        byte[] name = new byte[6];
        new SecureRandom().nextBytes(name);
        Path directory = parent.resolve("keyhole-" + HexFormat.of().formatHex(name));
        // Noted first: a crash leaves a note without a directory, never a directory that nobody
        // remembers.
        WrittenWhole.write(note, directory + "\n", "rw-------");
        rights.make(directory);
        return directory;
    }

    /** Deletes names, never what a link points to: everything below may belong to somebody else. */
    private static void removeTree(Path directory) throws IOException {
        try (var children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    removeTree(child);
                } else {
                    Files.deleteIfExists(child);
                }
            }
        }
        Files.deleteIfExists(directory);
    }
}

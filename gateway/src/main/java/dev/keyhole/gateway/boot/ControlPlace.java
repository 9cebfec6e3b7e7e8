package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.launch.process.RuntimeDirectory;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.gateway.workspace.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where operators reach the door of a home: a directory that only the door (and root) may enter, and a note of the
 * socket's path. The door makes the socket; this makes its place, because a door without rights cannot.
 */
public final class ControlPlace {
    private static final String DIRECTORY = "d";
    private static final String SOCKET = "s";
    private static final String METRICS = "m"; // as short as the other: both must fit

    /** The door passes through and lists nothing. */
    private static final int PASSABLE = 0711;

    private ControlPlace() {}

    /**
     * Makes the place, until closed.
     *
     * @param door the door's OS user where it is another than ours
     */
    static Closeable open(HomeLayout home, Optional<OsUser> door) throws IOException {
        Path directory = place(home).open().resolve(DIRECTORY);
        // Its parent is ours alone, so what is there was made here.
        try {
            Files.createDirectory(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        if (door.isPresent()) {
            Files.setAttribute(
                    directory, "unix:gid", (int) door.get().gid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(
                    directory, "unix:uid", (int) door.get().uid(), LinkOption.NOFOLLOW_LINKS);
        }
        WrittenWhole.write(home.controlAddress(), directory.resolve(SOCKET) + "\n", "rw-r--r--");
        return () -> clear(home);
    }

    private static RuntimeDirectory place(HomeLayout home) {
        return new RuntimeDirectory(
                home.controlDirectory(),
                home.shortControlDirectory(),
                ("/" + DIRECTORY + "/" + SOCKET).length(),
                PASSABLE);
    }

    /** Removes what a door left that had no time to close. */
    static void clear(HomeLayout home) throws IOException {
        Files.deleteIfExists(home.controlAddress());
        place(home).remove();
    }

    /**
     * Where the door answers with its own numbers: beside the control socket, so that nobody else gets there.
     *
     * @throws IOException when no door has a place there
     */
    static Endpoint.Unix metrics(HomeLayout home) throws IOException {
        Path control =
                socket(home)
                        .orElseThrow(
                                () -> new IOException("there is no place for the door's sockets"));
        String owner = Files.getOwner(control.resolveSibling(".")).getName();
        return new Endpoint.Unix(control.resolveSibling(METRICS), owner);
    }

    /**
     * The socket of the home's door; empty when no door has a place there.
     *
     * @throws IOException when the home may not be read
     */
    public static Optional<Path> socket(HomeLayout home) throws IOException {
        try {
            return Optional.of(Path.of(Files.readString(home.controlAddress()).strip()));
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        }
    }
}

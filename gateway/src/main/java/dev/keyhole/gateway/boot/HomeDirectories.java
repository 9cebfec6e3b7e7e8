package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.process.OsUser;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Makes the directories of a home with the right owners and rights, or says why they cannot be. */
final class HomeDirectories {
    private static final int ROOM = 64 * 1024;

    private final HomeLayout home;
    private final boolean separateUsers;
    private final Optional<OsUser> separateDoor;

    /**
     * @param separateUsers whether OS users other than ours must get through the home
     * @param separateDoor the door's OS user where it is another than ours
     */
    HomeDirectories(HomeLayout home, boolean separateUsers, Optional<OsUser> separateDoor) {
        this.home = home;
        this.separateUsers = separateUsers;
        this.separateDoor = separateDoor;
    }

    /**
     * Makes what is missing. What exists keeps its content.
     *
     * @throws CannotStart with the reason and the next move
     */
    void make() throws CannotStart {
        if (separateUsers) {
            requireEnterable();
        }
        boolean existed = Files.exists(home.home(), LinkOption.NOFOLLOW_LINKS);
        try {
            // Others only pass through: each workspace below guards itself.
            directory(home.home(), separateUsers ? "rwx--x--x" : "rwx------");
            directory(home.run(), "rwxr-xr-x");
            requireRoom();
            directory(home.log(), "rwx------");
            letTheDoorThrough(home.log());
            directory(home.workspaces(), separateUsers ? "rwx--x--x" : "rwx------");
            ofTheDoor(home.door(), "rwx------");
            ofTheDoor(home.audit(), "rwx------");
            ofTheDoor(home.authLogs(), "rwxr-x---");
            requirePrivateHostKey();
        } catch (IOException e) {
            if (!existed) {
                removeEmpty();
            }
            throw explained(e);
        }
    }

    private static void directory(Path directory, String mode) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
        var rights = PosixFilePermissions.fromString(mode);
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(rights));
        Files.setPosixFilePermissions(directory, rights); // whatever the umask is
    }

    /** It lists nothing there, and finds its own directory below. */
    private void letTheDoorThrough(Path directory) throws IOException {
        if (separateDoor.isPresent()) {
            Files.setAttribute(
                    directory,
                    "unix:gid",
                    (int) separateDoor.get().gid(),
                    LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x---"));
        }
    }

    private void ofTheDoor(Path directory, String mode) throws IOException {
        directory(directory, mode);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        if (separateDoor.isPresent()) {
            own(directory, separateDoor.get());
        }
    }

    /** Files of a home that once was started without root belong to the door from now on. */
    private static void own(Path directory, OsUser user) throws IOException {
        give(directory, user);
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                // A link could stand for a file that is not ours to give away.
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                                == 1) {
                    give(file, user);
                }
            }
        }
    }

    private static void give(Path file, OsUser user) throws IOException {
        int owner = (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (owner != (int) user.uid()) {
            Files.setAttribute(file, "unix:gid", (int) user.gid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:uid", (int) user.uid(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** A full disk shows now, not when the first audit event is due. */
    private void requireRoom() throws IOException {
        Path probe = home.run().resolve("room");
        try {
            WrittenWhole.write(probe, " ".repeat(ROOM), "rw-------");
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private void requirePrivateHostKey() throws IOException, CannotStart {
        if (!Files.exists(home.hostKey(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(home.hostKey());
        if (PosixFilePermissions.toString(rights).endsWith("------")) {
            return;
        }
        throw new CannotStart(
                ExitStatus.FAILED,
                "The host key "
                        + home.hostKey()
                        + " is open to other users ("
                        + PosixFilePermissions.toString(rights)
                        + "), so it may be known to them. Nothing was started.\n"
                        + "If nobody can have read it: chmod 600 "
                        + home.hostKey()
                        + "\nOtherwise delete it and its .pub; every client must then learn the new one.");
    }

    private void requireEnterable() throws CannotStart {
        Optional<Path> closed = OpenToOthers.closedDirectory(home.home());
        if (closed.isPresent()) {
            throw new CannotStart(
                    ExitStatus.FAILED,
                    "The home "
                            + home.home()
                            + " lies in "
                            + closed.get()
                            + ", which the users keyhole and keyhole-NAME cannot enter. Nothing was started.\n"
                            + "Choose another place, such as --home /var/lib/keyhole, or run: chmod o+x "
                            + closed.get());
        }
    }

    private void removeEmpty() {
        for (Path directory :
                new Path[] {
                    home.door(),
                    home.audit(),
                    home.workspaces(),
                    home.authLogs(),
                    home.log(),
                    home.run(),
                    home.home()
                }) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                return; // not empty, or not ours: then it stays
            }
        }
    }

    private CannotStart explained(IOException e) {
        String reason =
                switch (e) {
                    case AccessDeniedException denied ->
                            "this user may not write "
                                    + denied.getFile()
                                    + ". Choose another --home, or change its owner.";
                    case FileAlreadyExistsException exists ->
                            exists.getFile() + " is in the way and is no directory.";
                    default -> e.getMessage() + ". Free space or choose another --home.";
                };
        return new CannotStart(
                ExitStatus.FAILED,
                "The home " + home.home() + " cannot be used: " + reason + " Nothing was started.",
                e);
    }
}

package dev.keyhole.gateway.launch.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Makes directories with an owner and a mode that hold from the first moment, and never follows a symbolic link.
 *
 * @param uid the owner
 * @param gid the group
 * @param mode as for chmod(1), with the set-group-id bit
 */
public record PrivateDirectory(long uid, long gid, int mode) {
    /** Makes the directory, or puts right what differs on one that is there. Its parent must be trusted. */
    public void ensure(Path path) throws IOException {
        try {
            make(path);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(path + " is in the way: it is not a directory", e);
            }
            if (!holds(path)) {
                putRight(path);
            }
        }
    }

    /** Makes the directory; its last name must be free. */
    void make(Path path) throws IOException {
        // Closed until it belongs to the right user.
        Files.createDirectory(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        putRight(path);
    }

    /** Whether the path is a directory, not a link to one, with exactly this owner, group and mode. */
    boolean holds(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Map<String, Object> found =
                Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
        return found.get("uid") instanceof Integer foundUid
                && foundUid == (int) uid
                && found.get("gid") instanceof Integer foundGid
                && foundGid == (int) gid
                && found.get("mode") instanceof Integer foundMode
                && (foundMode & 07777) == mode;
    }

    private void putRight(Path path) throws IOException {
        if (OsUser.current().isRoot()) {
            Files.setAttribute(path, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", (int) gid, LinkOption.NOFOLLOW_LINKS);
        }
        Files.setAttribute(
                path, "unix:mode", mode); // after the owner: chown(2) clears the set-group-id bit
    }
}

package dev.keyhole.gateway.launch.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user of the operating system, as {@code getent passwd} knows it. */
public record OsUser(String name, long uid, long gid, Path home) {
    public static final long ROOT = 0;

    /** The user that this process runs as. */
    public static OsUser current() {
        try {
            Path self = Path.of("/proc/self");
            long uid = Integer.toUnsignedLong((int) Files.getAttribute(self, "unix:uid"));
            long gid = Integer.toUnsignedLong((int) Files.getAttribute(self, "unix:gid"));
            return new OsUser(
                    // As sockets' peers are named: the number, for a user that has no name.
                    Files.getOwner(self).getName(),
                    uid,
                    gid,
                    Path.of(System.getProperty("user.home")));
        } catch (IOException e) {
            throw new UncheckedIOException("/proc is not mounted, or is not Linux's", e);
        }
    }

    public boolean isRoot() {
        return uid == ROOT;
    }
}

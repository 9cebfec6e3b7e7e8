package dev.keyhole.image.base;

import java.time.Instant;

/**
 * To whom a file or directory belongs.
 *
 * @param mode the permission bits with setuid, setgid and sticky: 0 to 07777
 */
public record Owner(int mode, long uid, long gid, Instant modified) {
    /** What a directory is that no layer describes. */
    static final Owner OF_NOBODY = new Owner(0755, 0, 0, Instant.EPOCH);

    private static final int SETUID_SETGID = 06000;

    /** Whether it lends its user or its group to whoever runs it. */
    public boolean lendsIdentity() {
        return (mode & SETUID_SETGID) != 0;
    }

    /** The mode without setuid and setgid. */
    public int defusedMode() {
        return mode & ~SETUID_SETGID;
    }
}

package dev.keyhole.image.build;

import java.nio.file.Path;

/**
 * A file or directory of an image.
 *
 * @param path absolute, in the image
 * @param source what it is a copy of; of a directory, any directory
 * @param mode the permission bits; neither setuid, setgid nor sticky
 */
record Placed(String path, Path source, int mode, long uid, long gid, boolean directory) {
    private static final int PLAIN = 0777;

    Placed {
        if ((mode & ~PLAIN) != 0) {
            throw new IllegalArgumentException(
                    "%s with mode %o in a layer of ours".formatted(path, mode));
        }
    }

    /** Root's, for everybody to read. */
    static Placed file(String path, Path source, boolean executable) {
        return new Placed(path, source, executable ? 0755 : 0644, 0, 0, false);
    }
}

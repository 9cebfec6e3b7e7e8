package dev.keyhole.gateway.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Answers by the rights for "others" whether a user without any group of ours can get at a file. */
final class OpenToOthers {
    private OpenToOthers() {}

    /** The uppermost existing directory above that path that others cannot enter. */
    static Optional<Path> closedDirectory(Path path) {
        Deque<Path> above = new ArrayDeque<>();
        for (Path at = real(path).getParent(); at != null; at = at.getParent()) {
            above.push(at);
        }
        return above.stream()
                .filter(Files::isDirectory)
                .filter(directory -> !has(directory, PosixFilePermission.OTHERS_EXECUTE))
                .findFirst();
    }

    static boolean canRead(Path file) {
        return closedDirectory(file).isEmpty()
                && has(real(file), PosixFilePermission.OTHERS_READ)
                && (!Files.isDirectory(file) || has(file, PosixFilePermission.OTHERS_EXECUTE));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize(); // not there yet
        }
    }

    private static boolean has(Path file, PosixFilePermission right) {
        try {
            return Files.getPosixFilePermissions(file).contains(right);
        } catch (IOException e) {
            return false;
        }
    }
}

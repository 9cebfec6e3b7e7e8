package dev.keyhole.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where things are: the checkout, the command, and directories for tests that every OS user can enter. */
public final class Places {
    private static final Path CHECKOUT =
            Path.of(Objects.requireNonNullElse(System.getProperty("keyhole.checkout"), ".."))
                    .toAbsolutePath()
                    .normalize();

    private Places() {}

    public static Path checkout() {
        return CHECKOUT;
    }

    /** The command under test; {@code -Dkeyhole.command=FILE} puts another one in its place. */
    public static Path command() {
        String other = System.getProperty("keyhole.command");
        return other == null ? CHECKOUT.resolve("bin/keyhole") : Path.of(other);
    }

    /** A directory for what tests share and keep: environments, tools. Everybody can read it. */
    public static Path shared(String name) {
        Path target = CHECKOUT.resolve("system-tests/target");
        Path parent = enterable(target) ? target : Path.of("/var/tmp/keyhole-system-tests");
        return directory(parent.resolve(name));
    }

    /** A new, empty directory that other OS users can enter. {@link #remove} it in the end. */
    public static Path fresh(String name) {
        Path target = CHECKOUT.resolve("system-tests/target");
        Path parent = enterable(target) ? directory(target.resolve("homes")) : Path.of("/var/tmp");
        try {
            return Files.createTempDirectory(
                            parent,
                            "keyhole-" + name + "-",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwxr-xr-x")))
                    .toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean enterable(Path path) {
        try {
            for (Path part = path.toAbsolutePath(); part != null; part = part.getParent()) {
                if (Files.exists(part)
                        && !Files.getPosixFilePermissions(part)
                                .contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.keyhole.gateway.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The image that workspaces take at their next start, and the one before it, to go back to.
 *
 * <p>A small file, written whole by {@code keyhole image update} and {@code rollback}: a line {@code current
 * REFERENCE@sha256:…} and, when there was one before, {@code former REFERENCE@sha256:…}. What is not pinned by digest is
 * never offered. Without the file the config's image counts.
 *
 * @param current pinned by digest
 * @param former pinned by digest
 */
public record OfferedImage(String current, Optional<String> former) {
    /** As strict as needed to be no option, no path and one word: repository, and digest. */
    private static final Pattern PINNED =
            Pattern.compile("[a-z0-9][A-Za-z0-9._:/-]{0,400}@sha256:[0-9a-f]{64}");

    /** @throws IllegalArgumentException when one of them is not pinned */
    public OfferedImage {
        requirePinned(current);
        former.ifPresent(OfferedImage::requirePinned);
    }

    /** After this one a newer; this one is kept to go back to. The same again changes nothing. */
    public OfferedImage followedBy(String newer) {
        return newer.equals(current) ? this : new OfferedImage(newer, Optional.of(current));
    }

    /** The former one in place of the current, and the other way round; empty when there was none before. */
    public Optional<OfferedImage> rolledBack() {
        return former.map(back -> new OfferedImage(back, Optional.of(current)));
    }

    /**
     * What a file says, empty when there is none.
     *
     * @throws IOException when it cannot be read or says something else
     */
    public static Optional<OfferedImage> read(Path file) throws IOException {
        var lines = new HashMap<String, String>();
        try {
            for (var line : Files.readAllLines(file)) {
                var words = line.strip().split(" ");
                if (words.length == 2) {
                    lines.put(words[0], words[1]);
                }
            }
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        var current = lines.get("current");
        if (current == null) {
            throw new IOException(file + " names no current image");
        }
        try {
            return Optional.of(new OfferedImage(current, Optional.ofNullable(lines.get("former"))));
        } catch (IllegalArgumentException unpinned) {
            throw new IOException(file + ": " + unpinned.getMessage(), unpinned);
        }
    }

    /** Temporary file, fsync, rename: a crash leaves the offer before or this one. It holds no secret. */
    public void write(Path file) throws IOException {
        var directory = Files.createDirectories(file.toAbsolutePath().getParent());
        var draft = Files.createTempFile(directory, ".", ".new");
        try {
            try (var out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                Channels.newOutputStream(out).write(text().getBytes(UTF_8));
                out.force(true);
            }
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private String text() {
        return "current "
                + current
                + "\n"
                + former.map(reference -> "former " + reference + "\n").orElse("");
    }

    private static void requirePinned(String reference) {
        if (!PINNED.matcher(reference).matches()) {
            throw new IllegalArgumentException(
                    "'" + reference + "' is not REPOSITORY@sha256:DIGEST");
        }
    }
}

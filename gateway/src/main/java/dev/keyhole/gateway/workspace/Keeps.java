package dev.keyhole.gateway.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which workspaces are held although nobody uses them, one small file each, so that a keep outlives the door.
 *
 * <p>Its end is a time of the wall clock, because only that goes on while no door runs; as long as one does, it counts
 * on the monotonic clock, and a step of the other changes nothing. Thread-safe; blocks on the disk at a change and at
 * the first question about somebody.
 */
public final class Keeps {
    private static final Logger LOG = LoggerFactory.getLogger(Keeps.class);

    private record Held(KeptBy.Keep keep, long endNanos) {
        boolean isOver() {
            return endNanos - System.nanoTime() <= 0;
        }
    }

    private final Path directory;
    private final Clock clock;
    private final Map<PrincipalName, Optional<Held>> known = new ConcurrentHashMap<>();

    /** @param directory the door's own; made with the first keep */
    public Keeps(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** The keep of a workspace that is not over yet. */
    public Optional<KeptBy.Keep> of(PrincipalName owner) {
        Optional<Held> held = known.computeIfAbsent(owner, this::read);
        if (held.isPresent() && held.get().isOver()) {
            known.replace(owner, held, Optional.empty());
            return Optional.empty();
        }
        return held.map(Held::keep);
    }

    /**
     * Holds it from now on, instead of a keep before.
     *
     * @throws IOException when that cannot be written down; nothing is changed then
     */
    public void hold(PrincipalName owner, PrincipalName by, Instant until) throws IOException {
        write(file(owner), by + " " + until + "\n");
        known.put(owner, Optional.of(held(new KeptBy.Keep(by, until))));
    }

    /** Holds it no longer. */
    public void end(PrincipalName owner) throws IOException {
        Files.deleteIfExists(file(owner));
        known.put(owner, Optional.empty());
    }

    private Held held(KeptBy.Keep keep) {
        Duration left = Duration.between(clock.instant(), keep.until());
        return new Held(keep, System.nanoTime() + left.toNanos());
    }

    private Optional<Held> read(PrincipalName owner) {
        try {
            String[] words = Files.readString(file(owner)).strip().split(" ");
            return Optional.of(
                    held(new KeptBy.Keep(new PrincipalName(words[0]), Instant.parse(words[1]))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException
                | DateTimeException
                | ArithmeticException
                | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            LOG.warn("{} is no keep: {}", file(owner), e.getMessage());
            return Optional.empty();
        }
    }

    private Path file(PrincipalName owner) {
        return directory.resolve(owner.value());
    }

    /** Temporary file, fsync, rename: a crash leaves the keep before or this one. */
    private void write(Path file, String text) throws IOException {
        Files.createDirectories(
                directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempFile(directory, ".", ".new"); // 0600
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                Channels.newOutputStream(out).write(text.getBytes(UTF_8));
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}

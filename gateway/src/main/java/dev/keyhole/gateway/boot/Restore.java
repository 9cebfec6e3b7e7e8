package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.store.StoreFile;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * {@code keyhole restore}: puts a backup in the place of the store while no door is open. The store is the old one or
 * the new one at every moment; the old one is kept. Used by one thread.
 */
public final class Restore {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final HomeLayout home;
    private final Ground ground;
    private final ProgressLine progress;
    private final Clock clock;

    public Restore(HomeLayout home, Ground ground, ProgressLine progress, Clock clock) {
        this.home = home;
        this.ground = ground;
        this.progress = progress;
        this.clock = clock;
    }

    /** @throws CannotStart when a door is open, or the file is no whole store of this release or an earlier one */
    public ExitStatus run(Path file) throws CannotStart {
        if (!Files.isRegularFile(file)) {
            throw new CannotStart(
                    ExitStatus.FAILED, file + " is no file. Nothing was changed. Name a backup.");
        }
        new HomeDirectories(home, ground.separatesUsers(), ground.separateDoor()).make();
        try (HomeLock lock = HomeLock.take(home, "restore").orElseThrow(this::doorIsOpen);
                StoreFile backup = StoreFile.examined(file.toRealPath(), home.run())) {
            replace(backup);
            return ExitStatus.DONE;
        } catch (IOException e) {
            throw new CannotStart(ExitStatus.FAILED, e.getMessage() + ". Nothing was restored.", e);
        }
    }

    private CannotStart doorIsOpen() {
        return new CannotStart(
                ExitStatus.FAILED,
                "A door is open on "
                        + home.home()
                        + ". Nothing was changed. Close it with `keyhole down --keep --home "
                        + home.home()
                        + "`, then run this again.");
    }

    private void replace(StoreFile backup) throws IOException {
        Path store = home.database();
        ofTheDoor(backup.whole());
        sync(backup.whole(), StandardOpenOption.WRITE);
        boolean replaces = Files.exists(store, LinkOption.NOFOLLOW_LINKS);
        Path old = beside(store, ".before-" + STAMP.format(clock.instant()));
        if (replaces) {
            Files.createLink(old, store);
        }
        // SQLite would lay the old one's log over the new one.
        if (Files.exists(beside(store, "-wal"), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(beside(store, "-wal"), beside(old, "-wal"));
        }
        Files.deleteIfExists(beside(store, "-shm"));
        Files.move(backup.whole(), store, StandardCopyOption.ATOMIC_MOVE);
        sync(home.door(), StandardOpenOption.READ);
        progress.say(
                "The store is restored: "
                        + backup.principals()
                        + " people and "
                        + backup.keys()
                        + " keys, not counting the config's."
                        + (replaces ? " The one before is kept as " + old + "." : ""));
    }

    /** Its directory is the door's, so its owner is. */
    private void ofTheDoor(Path file) throws IOException {
        for (String who : new String[] {"unix:gid", "unix:uid"}) {
            Object id = Files.getAttribute(home.door(), who, LinkOption.NOFOLLOW_LINKS);
            if (!id.equals(Files.getAttribute(file, who, LinkOption.NOFOLLOW_LINKS))) {
                Files.setAttribute(file, who, id, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}

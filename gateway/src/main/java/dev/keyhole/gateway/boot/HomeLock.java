package dev.keyhole.gateway.boot;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.process.WrittenWhole;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Held by the one process that keeps the door of a home. The kernel gives it up when that process dies. */
public final class HomeLock implements Closeable {
    /**
     * Who holds a lock.
     *
     * @param process which one
     * @param verb {@code up} or {@code serve} or {@code down}
     */
    public record Owner(ProcessId process, String verb) {}

    private final HomeLayout home;
    private final FileChannel channel;

    private HomeLock(HomeLayout home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /** Takes the lock; empty when somebody has it. {@code run/} exists. */
    public static Optional<HomeLock> take(HomeLayout home, String verb) throws IOException {
        FileChannel channel = FileChannel.open(home.upLock(), Set.of(CREATE, WRITE));
        try {
            if (lock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            WrittenWhole.write(home.upPid(), ProcessId.ours() + "\n" + verb + "\n", "rw-r--r--");
            return Optional.of(new HomeLock(home, channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it
        }
    }

    /** Who keeps the door of this home now. Changes nothing on the disk. */
    public static Optional<Owner> owner(HomeLayout home) {
        try {
            String[] lines = Files.readString(home.upPid()).split("\n");
            return ProcessId.parse(lines[0])
                    .filter(ProcessId::isAlive)
                    .map(process -> new Owner(process, lines.length > 1 ? lines[1] : "up"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Forgets who kept the door, then gives the lock up. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(home.upPid());
        }
    }
}

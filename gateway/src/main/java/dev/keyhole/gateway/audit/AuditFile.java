package dev.keyhole.gateway.audit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit in files of its own, mode 0600, each line tied to the one before, {@code fsync} before each return.
 *
 * <p>One thread writes: an interrupted caller would otherwise close the channel under everybody else, and two writers
 * would make two chains. Events that arrive while the disk works share the next {@code fsync}. Thread-safe; a caller waits
 * as long as the disk does.
 */
public final class AuditFile implements AuditLog, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

    /** Some 200,000 events; a second of reading at worst. */
    private static final long LOOKED_THROUGH = 64L << 20;

    private static final int LARGEST_BATCH = 1_000;

    /** What the writer is asked for, in the order of the queue. */
    private sealed interface Wish {}

    private record Entry(
            AuditEvent event, Instant at, long givenNanos, CompletableFuture<Void> onDisk)
            implements Wish {}

    private record Vouch(CompletableFuture<String> note) implements Wish {}

    private record End() implements Wish {}

    private final BlockingQueue<Wish> queue = new LinkedBlockingQueue<>();
    private final AuditPlace place;
    private final ChainWriter chain; // the writer thread's
    private final FileChannel lock;
    private final Clock clock;
    private final WriterWatch watch = new WriterWatch();
    private final Thread writer;
    private volatile boolean available = true;

    private AuditFile(AuditPlace place, ChainWriter chain, FileChannel lock, Clock clock) {
        this.place = place;
        this.chain = chain;
        this.lock = lock;
        this.clock = clock;
        watch.opened(chain.length());
        this.writer = Thread.ofPlatform().name("audit").daemon().unstarted(this::writeUntilClosed);
    }

    /**
     * Opens or makes an audit and goes on where it ends.
     *
     * @throws IOException when it cannot be written, or another process writes it
     */
    public static AuditFile open(AuditPlace place, Clock clock) throws IOException {
        return open(place, Rotation.USUAL, clock);
    }

    static AuditFile open(AuditPlace place, Rotation rotation, Clock clock) throws IOException {
        FileChannel lock = lock(place);
        try {
            List<AuditEvent> found = new ArrayList<>();
            ChainWriter chain = ChainWriter.open(place, rotation, found);
            AuditFile audit = new AuditFile(place, chain, lock, clock);
            audit.writer.start();
            found.forEach(audit::record);
            return audit;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** A file of its own, because closing any reader of a locked file gives up the lock (fcntl(2)). */
    private static FileChannel lock(AuditPlace place) throws IOException {
        FileChannel lock =
                FileChannel.open(
                        place.lock(),
                        Set.of(CREATE, WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            if (lock.tryLock() == null) {
                throw new IOException("Another process writes the audit in " + place.directory());
            }
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public void write(AuditEvent event) throws AuditUnavailable {
        Entry entry =
                new Entry(event, clock.instant(), System.nanoTime(), new CompletableFuture<>());
        queue.add(entry);
        try {
            entry.onDisk().join();
        } catch (CompletionException e) {
            throw new AuditUnavailable("The audit cannot be written: " + e.getCause(), e);
        }
    }

    @Override
    public void record(AuditEvent event) {
        try {
            write(event);
        } catch (AuditUnavailable e) {
            watch.lost();
            LOG.error(
                    "An audit event is lost ({}): {}",
                    e.getMessage(),
                    Json.write(event.toString()));
        }
    }

    @Override
    public boolean isAvailable() {
        return available;
    }

    /** How the writer gets on; never waits for it. */
    public AuditNumbers numbers() {
        return watch.numbers(queue.size());
    }

    /**
     * Signs where the audit ends now, behind everything that was given before.
     *
     * @return a signed note, also on disk
     */
    public String checkpoint() throws AuditUnavailable {
        Vouch vouch = new Vouch(new CompletableFuture<>());
        queue.add(vouch);
        try {
            return vouch.note().join();
        } catch (CompletionException e) {
            throw new AuditUnavailable("No checkpoint can be written: " + e.getCause(), e);
        }
    }

    private void writeUntilClosed() {
        List<Wish> batch = new ArrayList<>();
        boolean open = true;
        while (open) {
            try {
                Wish first = queue.poll(chain.nanosToCheckpoint(), TimeUnit.NANOSECONDS);
                if (first == null) {
                    chain.checkpointIfNew();
                    continue;
                }
                batch.add(first);
            } catch (InterruptedException e) {
                continue; // nobody interrupts this thread; closing is a wish
            }
            queue.drainTo(batch, LARGEST_BATCH);
            open = batch.stream().noneMatch(End.class::isInstance);
            writeBatch(batch);
            batch.clear();
        }
        IOException closed = new IOException("the audit is closed");
        queue.forEach(late -> fail(late, closed));
    }

    private void writeBatch(List<Wish> batch) {
        List<Entry> entries =
                batch.stream().filter(Entry.class::isInstance).map(Entry.class::cast).toList();
        if (!entries.isEmpty()) {
            watch.begins(entries.size(), entries.getFirst().givenNanos());
        }
        try {
            chain.append(
                    entries.stream()
                            .map(entry -> new ChainWriter.Happened(entry.at(), entry.event()))
                            .toList());
            watch.done(entries.size(), chain.lastSyncNanos(), chain.length());
            available = available || !entries.isEmpty();
            watch.ends(); // before anybody learns of it
            entries.forEach(entry -> entry.onDisk().complete(null));
            for (Wish wish : batch) {
                if (wish instanceof Vouch vouch) {
                    vouch.note().complete(chain.checkpoint());
                }
            }
        } catch (IOException | RuntimeException e) {
            available = false;
            watch.ends();
            batch.forEach(wish -> fail(wish, e));
        }
    }

    private static void fail(Wish wish, Exception why) {
        switch (wish) {
            case Entry entry -> entry.onDisk().completeExceptionally(why);
            case Vouch vouch -> vouch.note().completeExceptionally(why);
            case End end -> {
                // nobody waits for it
            }
        }
    }

    @Override
    public List<String> latest(PrincipalName principal, int limit) {
        // Every quote inside of a value is escaped, so no text of a stranger looks like this.
        String mark = "\"user.name\":" + Json.write(principal.value());
        List<String> found = new ArrayList<>();
        long room = LOOKED_THROUGH;
        try {
            for (Path segment : new Segments(place).inOrder().reversed()) {
                if (room <= 0 || found.size() >= limit) {
                    break;
                }
                try (FileChannel reader =
                        FileChannel.open(segment, READ)) { // an interrupt closes what it hits
                    collect(new LinesBackwards(reader, room), mark, limit, found);
                    room -= reader.size();
                }
            }
        } catch (IOException e) {
            LOG.warn("The audit cannot be read: {}", e.getMessage());
        }
        return List.copyOf(found.reversed());
    }

    private static void collect(LinesBackwards lines, String mark, int limit, List<String> found)
            throws IOException {
        Optional<String> line = lines.next();
        while (line.isPresent() && found.size() < limit) {
            line.filter(one -> one.contains(mark)).ifPresent(found::add);
            line = lines.next();
        }
    }

    /** Waits until everything that was given is on disk, and signed. */
    @Override
    public void close() throws IOException {
        queue.add(new End());
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        chain.close();
        lock.close();
    }
}

package dev.keyhole.gateway.audit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit in files of its own, mode 0600, each line tied to the one before, {@code fsync} before each return.
 *
 * <p>One thread writes: an interrupted caller would otherwise close the channel under everybody else, and two writers
 * would make two chains. Events that arrive while the disk works share the next {@code fsync}. Thread-safe; a caller waits
 * as long as the disk does, but no longer than its patience. What then, or when the disk fails: {@link StandBy}.
 */
public final class AuditFile implements AuditLog, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

    private static final int LARGEST_BATCH = 1_000;

    /** Above that a disk is as bad as none. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How often a disk is tried that has failed, unless somebody logs in. */
    private static final long BETWEEN_TRIES = Duration.ofMillis(200).toNanos();

    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    /** What the writer is asked for, in the order of the queue. */
    private sealed interface Wish {}

    private record Entry(
            ChainWriter.Happened happened,
            boolean allows,
            long givenNanos,
            CompletableFuture<Void> onDisk)
            implements Wish, StandBy.Waiting {}

    private record Vouch(CompletableFuture<String> note) implements Wish {}

    private record End() implements Wish {}

    private static final String NO_ANSWER = "the disk does not answer";

    private final BlockingQueue<Wish> queue = new LinkedBlockingQueue<>();
    private final AuditPlace place;
    private final Pseudonyms names;
    private final ChainWriter chain; // the writer thread's
    private final FileChannel lock;
    private final Clock clock;
    private final WriterWatch watch = new WriterWatch();
    private final Thread writer;
    private final Trouble trouble = new Trouble();
    private final StandBy standBy; // the writer thread's
    private final Duration patience;
    private @Nullable Exception failure; // of the last try; the writer thread's
    private long failedAtNanos;

    private AuditFile(
            AuditPlace place,
            Pseudonyms names,
            ChainWriter chain,
            FileChannel lock,
            Duration patience,
            Clock clock) {
        this.place = place;
        this.names = names;
        this.chain = chain;
        this.lock = lock;
        this.patience = patience;
        this.standBy = new StandBy(chain, trouble, watch);
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
        return open(place, rotation, Disk.REAL, PATIENCE, clock);
    }

    static AuditFile open(
            AuditPlace place, Rotation rotation, Disk disk, Duration patience, Clock clock)
            throws IOException {
        FileChannel lock = lock(place);
        try {
            List<AuditEvent> found = new ArrayList<>();
            Pseudonyms names = Pseudonyms.open(place.names());
            ChainWriter chain = ChainWriter.open(place, rotation, disk, names, found);
            AuditFile audit = new AuditFile(place, names, chain, lock, patience, clock);
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
        Entry entry = entry(event, true);
        if (isStuck()) {
            noAnswer(entry);
            trouble.refused();
            throw new AuditUnavailable(
                    "The audit cannot be written: " + NO_ANSWER, new IOException(NO_ANSWER));
        }
        queue.add(entry);
        try {
            // When time is up it is done, and the writer leaves it out.
            entry.onDisk().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
            watch.waited(entry.givenNanos());
        } catch (CompletionException e) {
            boolean slow = e.getCause() instanceof TimeoutException;
            if (slow) {
                noAnswer(entry);
                trouble.refused();
            }
            throw new AuditUnavailable(
                    "The audit cannot be written: " + (slow ? NO_ANSWER : e.getCause()), e);
        }
    }

    @Override
    public void record(AuditEvent event) {
        Entry entry = entry(event, false);
        if (queue.size() >= Reserve.EVENTS) {
            noAnswer(entry);
            trouble.lost();
            lost(event, "too many wait for the disk");
            return;
        }
        queue.add(entry);
        if (isStuck()) {
            return; // it waits in the queue, nobody for it
        }
        try {
            entry.onDisk().copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
            watch.waited(entry.givenNanos());
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                noAnswer(entry);
            } else {
                lost(event, String.valueOf(e.getCause()));
            }
        }
    }

    private Entry entry(AuditEvent event, boolean allows) {
        return new Entry(
                new ChainWriter.Happened(clock.instant(), event),
                allows,
                System.nanoTime(),
                new CompletableFuture<>());
    }

    private void lost(AuditEvent event, String why) {
        watch.lost();
        LOG.error("An audit event is lost ({}): {}", why, Json.write(event.toString()));
    }

    private boolean isStuck() {
        return watch.lag().compareTo(patience) > 0;
    }

    private void noAnswer(Entry entry) {
        if (trouble.begins(entry.happened().at(), NO_ANSWER)) {
            LOG.error("AUDIT_UNAVAILABLE: {}; nobody new is let in.", NO_ANSWER);
        }
    }

    @Override
    public boolean isAvailable() {
        return !trouble.isThere() && !isStuck();
    }

    /** Who is behind what stands in the files. */
    public Pseudonyms names() {
        return names;
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
                long due = chain.nanosToCheckpoint();
                Wish first =
                        queue.poll(
                                trouble.isThere() ? Math.min(due, BETWEEN_LOOKS) : due,
                                TimeUnit.NANOSECONDS);
                if (first == null) {
                    lookAround();
                    continue;
                }
                batch.add(first);
            } catch (InterruptedException e) {
                continue; // nobody interrupts this thread; closing is a wish
            }
            queue.drainTo(batch, LARGEST_BATCH);
            open = batch.stream().noneMatch(End.class::isInstance);
            failure = open ? failure : null; // the last try is made whatever came before
            writeBatch(batch);
            batch.clear();
        }
        IOException closed = new IOException("the audit is closed");
        queue.forEach(late -> fail(late, closed));
    }

    /** Nobody wants anything. */
    private void lookAround() {
        if (trouble.isThere()) {
            writeBatch(List.of());
        }
        if (chain.nanosToCheckpoint() <= 0) {
            chain.checkpointIfNew();
        }
    }

    private void writeBatch(List<Wish> batch) {
        List<Entry> entries =
                batch.stream()
                        .filter(Entry.class::isInstance)
                        .map(Entry.class::cast)
                        .filter(entry -> !entry.onDisk().isDone())
                        .toList();
        if (!entries.isEmpty()) {
            watch.begins(entries.size(), entries.getFirst().givenNanos());
        }
        try {
            if (!entries.isEmpty() || trouble.isThere()) {
                tryDisk(entries);
            }
            watch.ends(); // before anybody learns of it
            entries.forEach(entry -> entry.onDisk().complete(null));
        } catch (IOException | RuntimeException e) {
            standBy.keep(entries, e);
            watch.ends();
        }
        for (Wish wish : batch) {
            if (wish instanceof Vouch vouch) {
                vouch(vouch);
            }
        }
    }

    /** A disk that has just failed is left alone for a moment, so that a full reserve is not tried for each event. */
    private void tryDisk(List<Entry> entries) throws IOException {
        if (failure != null
                && System.nanoTime() - failedAtNanos < BETWEEN_TRIES
                && entries.stream()
                        .noneMatch(one -> one.happened().event() instanceof AuditEvent.Login)) {
            throw new IOException(failure.getMessage(), failure);
        }
        try {
            standBy.write(entries.stream().map(Entry::happened).toList(), clock.instant());
            failure = null;
        } catch (IOException | RuntimeException e) {
            failure = e;
            failedAtNanos = System.nanoTime();
            if (trouble.begins(clock.instant(), String.valueOf(e.getMessage()))) {
                LOG.error("AUDIT_UNAVAILABLE: {}; nobody new is let in.", e.getMessage());
            }
            throw e;
        }
    }

    private void vouch(Vouch vouch) {
        try {
            vouch.note().complete(chain.checkpoint());
        } catch (IOException | RuntimeException e) {
            vouch.note().completeExceptionally(e);
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
        return new LatestLines(place, names).of(principal, limit);
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
        standBy.ends();
        chain.close();
        lock.close();
    }
}

package dev.keyhole.gateway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit in a file of its own, mode 0600, {@code fsync} before each return.
 *
 * <p>One thread writes: an interrupted caller would otherwise close the channel under everybody else. Events that arrive
 * while the disk works share the next {@code fsync}. What the disk did not take whole is cut off again, so that the file
 * never holds half a line or a gap in the numbers. Thread-safe; a caller waits as long as the disk does.
 */
public final class AuditFile implements AuditLog, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);
    private static final int TAIL_BYTES = 1 << 20;

    /** Some 200,000 events; a second of reading at worst. */
    private static final long LOOKED_THROUGH = 64L << 20;

    private static final int LARGEST_BATCH = 1_000;
    private static final Pattern SEQUENCE = Pattern.compile("\"event\\.sequence\":(\\d+)");

    private record Entry(
            @Nullable AuditEvent event,
            Instant at,
            long givenNanos,
            CompletableFuture<Void> onDisk) {
        Entry(@Nullable AuditEvent event, Instant at) {
            this(event, at, System.nanoTime(), new CompletableFuture<>());
        }
    }

    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Path file;
    private final FileChannel channel;
    private final FileChannel lock;
    private final Clock clock;
    private final WriterWatch watch = new WriterWatch();
    private final Thread writer;
    private volatile boolean available = true;

    // Only the writer thread touches these.
    private long lastSequence;
    private long end;

    private AuditFile(
            Path file,
            FileChannel channel,
            FileChannel lock,
            Clock clock,
            long lastSequence,
            long end) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
        this.clock = clock;
        this.lastSequence = lastSequence;
        this.end = end;
        watch.opened(end);
        this.writer = Thread.ofPlatform().name("audit").daemon().start(this::writeUntilClosed);
    }

    /**
     * Opens or makes the file and goes on counting where it ends.
     *
     * @throws IOException when it cannot be written, or another process writes it
     */
    public static AuditFile open(Path file, Clock clock) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileChannel channel = FileChannel.open(file, Set.of(CREATE, READ, WRITE), ownerOnly);
        try {
            FileChannel lock =
                    FileChannel.open(
                            file.resolveSibling(file.getFileName() + ".lock"),
                            Set.of(CREATE, WRITE),
                            ownerOnly);
            // A second door on the same home must not mix its lines in. A file of its own, because
            // closing any
            // reader of a locked file gives up the lock (fcntl(2)).
            if (lock.tryLock() == null) {
                lock.close();
                throw new IOException("Another process writes the audit file " + file);
            }
            long torn = cutTornLine(channel);
            AuditFile audit =
                    new AuditFile(
                            file, channel, lock, clock, lastSequence(channel), channel.size());
            if (torn > 0) {
                audit.record(new AuditEvent.TornLineCut(torn));
            }
            return audit;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void write(AuditEvent event) throws AuditUnavailable {
        Entry entry = new Entry(event, clock.instant());
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

    private void writeUntilClosed() {
        List<Entry> batch = new ArrayList<>();
        boolean open = true;
        while (open) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                continue; // nobody interrupts this thread; closing is an entry without an event
            }
            queue.drainTo(batch, LARGEST_BATCH);
            open = batch.stream().allMatch(entry -> entry.event() != null);
            writeBatch(batch);
            batch.clear();
        }
        queue.forEach(late ->
                late.onDisk().completeExceptionally(new IOException("the audit is closed")));
    }

    private void writeBatch(List<Entry> batch) {
        watch.begins(batch.size(), batch.getFirst().givenNanos());
        try {
            long sequence = lastSequence;
            long position = end;
            for (Entry entry : batch) {
                if (entry.event() != null) {
                    position = append(EcsLine.of(entry.at(), ++sequence, entry.event()), position);
                }
            }
            long before = System.nanoTime();
            channel.force(false);
            watch.done((int) (sequence - lastSequence), System.nanoTime() - before, position);
            lastSequence = sequence;
            end = position;
            available = true;
            watch.ends(); // before anybody learns of it
            batch.forEach(entry -> entry.onDisk().complete(null));
        } catch (IOException | RuntimeException e) {
            available = false;
            try {
                channel.truncate(end);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            watch.ends();
            batch.forEach(entry -> entry.onDisk().completeExceptionally(e));
        }
    }

    private long append(String line, long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        return position;
    }

    @Override
    public List<String> latest(PrincipalName principal, int limit) {
        // Every quote inside of a value is escaped, so no text of a stranger looks like this.
        String mark = "\"user.name\":" + Json.write(principal.value());
        List<String> found = new ArrayList<>();
        try (FileChannel reader =
                FileChannel.open(file, READ)) { // an interrupt closes what it hits
            LinesBackwards lines = new LinesBackwards(reader, LOOKED_THROUGH);
            Optional<String> line = lines.next();
            while (line.isPresent() && found.size() < limit) {
                line.filter(one -> one.contains(mark)).ifPresent(found::add);
                line = lines.next();
            }
        } catch (IOException e) {
            LOG.warn("The audit cannot be read: {}", e.getMessage());
        }
        return List.copyOf(found.reversed());
    }

    /** Waits until everything that was given is on disk. */
    @Override
    public void close() throws IOException {
        queue.add(new Entry(null, clock.instant()));
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
        channel.close();
        lock.close();
    }

    private static long cutTornLine(FileChannel channel) throws IOException {
        long size = channel.size();
        String tail = tail(channel);
        if (tail.isEmpty() || tail.endsWith("\n")) {
            return 0;
        }
        long torn = tail.substring(tail.lastIndexOf('\n') + 1).getBytes(UTF_8).length;
        channel.truncate(size - torn);
        return torn;
    }

    private static long lastSequence(FileChannel channel) throws IOException {
        String tail = tail(channel).stripTrailing();
        Matcher sequence = SEQUENCE.matcher(tail.substring(tail.lastIndexOf('\n') + 1));
        return sequence.find() ? Long.parseLong(sequence.group(1)) : 0;
    }

    private static String tail(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
        long start = size - bytes.capacity();
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) > 0) {
            // read until full
        }
        String text = new String(bytes.array(), 0, bytes.position(), UTF_8);
        return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }
}

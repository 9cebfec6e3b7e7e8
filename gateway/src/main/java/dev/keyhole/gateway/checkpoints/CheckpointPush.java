package dev.keyhole.gateway.checkpoints;

import dev.keyhole.gateway.audit.CheckpointFollower;
import dev.keyhole.gateway.audit.CheckpointFollower.Note;
import dev.keyhole.gateway.audit.Outage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each second whether there is a new checkpoint, and brings it one way; remembers up to where it has. What fails is tried
 * again every ten seconds. Thread-safe.
 */
public final class CheckpointPush implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointPush.class);
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toMillis();
    private static final long BETWEEN_TRIES = Duration.ofSeconds(10).toNanos();
    private static final long HANGS = Duration.ofSeconds(30).toNanos();
    private static final Duration UNTIL_CLOSED = Duration.ofSeconds(2);

    private final CheckpointFollower checkpoints;
    private final Way way;
    private final Path place;
    private final Outage outage;
    private final ScheduledExecutorService thread;
    private long done; // this and the next are the thread's
    private long failedAtNanos;
    private volatile long busySinceNanos; // 0 while nothing is being pushed

    private CheckpointPush(
            CheckpointFollower checkpoints, Way way, Path place, long done, Outage outage) {
        this.checkpoints = checkpoints;
        this.way = way;
        this.place = place;
        this.done = done;
        this.outage = outage;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("checkpoint-" + way.word()).daemon().factory());
    }

    /**
     * Begins to push; all that there is, when nothing is remembered.
     *
     * @param place where it is kept up to where checkpoints were pushed
     */
    public static CheckpointPush open(
            CheckpointFollower checkpoints, Way way, Path place, Outage outage) throws IOException {
        CheckpointPush push =
                new CheckpointPush(checkpoints, way, place, remembered(place), outage);
        push.thread.scheduleWithFixedDelay(
                push::look, BETWEEN_LOOKS, BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        return push;
    }

    private static long remembered(Path place) throws IOException {
        try {
            String text = Files.readString(place).strip();
            return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private void look() {
        boolean failing = outage.trouble().isPresent();
        if (!failing || System.nanoTime() - failedAtNanos >= BETWEEN_TRIES) {
            pushNew();
        }
    }

    private void pushNew() {
        try {
            List<Note> notes = checkpoints.after(done);
            if (notes.isEmpty()) {
                return;
            }
            busySinceNanos = System.nanoTime();
            way.push(notes);
            done = notes.getLast().end();
            remember();
            outage.ends();
        } catch (IOException | RuntimeException e) {
            failedAtNanos = System.nanoTime();
            outage.begins(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the door ends; the next one pushes it
        } finally {
            busySinceNanos = 0;
        }
    }

    /** Not forced: what a crash takes back is pushed twice. */
    private void remember() {
        try {
            Path next = place.resolveSibling(place.getFileName() + ".next");
            Files.writeString(next, done + "\n");
            Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("It cannot be kept up to where checkpoints were pushed: {}", e.toString());
        }
    }

    /** Why they do not get there; empty while they do. */
    public Optional<String> trouble() {
        long since = busySinceNanos;
        return since != 0 && System.nanoTime() - since > HANGS
                ? Optional.of("a checkpoint for " + way.to() + " has been on its way for over 30 s")
                : outage.trouble();
    }

    /** The audit is about to be closed; its last checkpoint can still be pushed. */
    public void doorEnds() {
        outage.doorEnds();
    }

    /** Pushes the last one, if that is a matter of two seconds. */
    @Override
    public void close() {
        doorEnds();
        thread.execute(this::look);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(UNTIL_CLOSED.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

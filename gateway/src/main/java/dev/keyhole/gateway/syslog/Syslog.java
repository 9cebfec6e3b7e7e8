package dev.keyhole.gateway.syslog;

import dev.keyhole.gateway.audit.Outage;
import dev.keyhole.gateway.control.numbers.SyslogUse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the audit. Each second one thread looks: is there a connection, is there something new in the files, has what was
 * sent arrived. After a lost connection, and after a restart, it goes on behind what has arrived. Thread-safe.
 */
public final class Syslog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Syslog.class);
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toMillis();
    private static final long BETWEEN_SETTLINGS = Duration.ofSeconds(1).toNanos();
    private static final Duration UNTIL_FINISHED = Duration.ofMillis(1_500);
    private static final Duration UNTIL_CLOSED = Duration.ofSeconds(2);

    private final Receiver receiver;
    private final Unsent unsent;
    private final SentFile file;
    private final Outage outage;
    private final ScheduledExecutorService thread = executor("syslog");
    private final ScheduledExecutorService limits = executor("syslog-limits");
    private final Backoff backoff = new Backoff();

    // Only the thread touches these, but for closing.
    private volatile @Nullable Connection connection;
    private OnItsWay onItsWay = new OnItsWay(0);
    private Sent given; // to the connection
    private long settledAtNanos;

    private volatile Sent arrived;
    private final LongAdder events = new LongAdder();
    private volatile long newest;
    private volatile boolean closing;

    private Syslog(Receiver receiver, Unsent unsent, SentFile file, Sent sent, Outage outage) {
        this.receiver = receiver;
        this.unsent = unsent;
        this.file = file;
        this.outage = outage;
        this.arrived = sent;
        this.given = sent;
    }

    private static ScheduledExecutorService executor(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /**
     * Begins to send; no connection is made before this returns.
     *
     * @param place where it is kept up to where the audit was sent
     * @throws IOException when that cannot be read
     */
    public static Syslog open(Receiver receiver, AuditSource source, Path place, Outage outage)
            throws IOException {
        SentFile file = new SentFile(place, source.chain());
        Syslog syslog = new Syslog(receiver, source.unsent(), file, file.read(), outage);
        syslog.thread.scheduleWithFixedDelay(
                syslog::look, BETWEEN_LOOKS, BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        return syslog;
    }

    private void look() {
        try {
            newest = unsent.newest();
            if (connection == null) {
                if (!backoff.isOver(System.nanoTime())) {
                    return;
                }
                connect();
            }
            open().requireOpen();
            send(() -> !closing);
            settle();
        } catch (IOException | RuntimeException e) {
            if (e instanceof RuntimeException) {
                LOG.error("The audit could not be sent", e);
            }
            lost(String.valueOf(e.getMessage()));
        }
    }

    private void connect() throws IOException {
        connection = Connection.open(receiver, limits);
        onItsWay = new OnItsWay(System.nanoTime());
        given = arrived;
    }

    private Connection open() throws IOException {
        Connection open = connection;
        if (open == null) {
            throw new IOException("the connection is closed");
        }
        return open;
    }

    private void send(BooleanSupplier goesOn) throws IOException {
        while (goesOn.getAsBoolean()) {
            Unsent.Batch batch = unsent.next(given);
            if (batch.frames().length == 0) {
                given = batch.after();
                return;
            }
            open().send(batch.frames());
            events.add(batch.events());
            given = batch.after();
            long now = System.nanoTime();
            onItsWay.add(given, batch.frames().length, now);
            if (now - settledAtNanos > BETWEEN_SETTLINGS) {
                newest = unsent.newest();
                settle();
            }
        }
    }

    private void settle() throws IOException {
        settledAtNanos = System.nanoTime();
        if (!onItsWay.isEmpty()) {
            Optional<Sent> more = onItsWay.arrived(open().unacknowledged(), System.nanoTime());
            more.ifPresent(this::keep);
            if (more.isEmpty()) {
                return;
            }
        }
        if (onItsWay.stands(System.nanoTime())) {
            outage.ends();
        }
        if (onItsWay.lasts(System.nanoTime())) {
            backoff.succeeded();
        }
    }

    private void keep(Sent sent) {
        arrived = sent;
        file.write(sent);
    }

    private void lost(String reason) {
        disconnect();
        backoff.failed(System.nanoTime());
        outage.begins(reason);
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    /** What the receiver got. */
    public SyslogUse use() {
        return new SyslogUse(events.sum(), Math.max(0, newest - arrived.sequence()));
    }

    /** Up to which event the receiver's machine has the audit, as far as can be known. */
    public long arrivedUpTo() {
        return arrived.sequence();
    }

    /** Why nothing is sent; empty while it is. */
    public Optional<String> trouble() {
        return outage.trouble();
    }

    /** The audit is about to be closed; its last events can still be sent. */
    public void doorEnds() {
        outage.doorEnds();
        closing = true;
    }

    /** Sends what is there, where somebody takes it, and waits two seconds at most; the next door sends the rest. */
    @Override
    public void close() {
        doorEnds();
        thread.execute(this::finish);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(UNTIL_CLOSED.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
        limits.shutdownNow();
    }

    private void finish() {
        try {
            if (connection == null) {
                if (outage.trouble().isPresent()) {
                    return;
                }
                connect();
            }
            send(() -> true);
            if (open().finish(UNTIL_FINISHED)) {
                keep(given);
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("The end of the audit is sent by the next door: {}", e.getMessage());
        }
    }
}

package dev.keyhole.gateway.authlog;

import dev.keyhole.gateway.ban.FailureLog;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes refused connections to the auth log, on one thread of its own. Callers never wait: what does not fit into the
 * queue is counted. A disk that is full costs lines and nothing else; it is said once.
 */
public final class AuthLog implements FailureLog, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(AuthLog.class);
    private static final long MOST_BYTES = 10L << 20;
    private static final int KEPT = 5;
    private static final int MOST_WAITING = 4_096;
    private static final long LOOK_MILLIS = 1_000;
    private static final long END_MILLIS = 5_000;

    // Empty: nothing but a reason to look.
    private final ArrayBlockingQueue<Optional<Refused>> waiting =
            new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Clock clock;
    private final RotatedFile file;
    private final LineBudget budget;
    private final Thread writer;
    private volatile boolean closing;
    private boolean complained; // the writer's

    private AuthLog(RotatedFile file, AuthLine format, Clock clock) {
        this.file = file;
        this.budget = new LineBudget(format);
        this.clock = clock;
        this.writer = Thread.ofPlatform().name("auth-log").daemon().unstarted(this::write);
    }

    /** Makes the file if there is none. @param file in a directory that exists and is ours */
    public static AuthLog open(Path file, Clock clock) {
        AuthLog log =
                new AuthLog(
                        new RotatedFile(file, MOST_BYTES, KEPT),
                        new AuthLine(ProcessHandle.current().pid()),
                        clock);
        log.writer.start();
        return log;
    }

    @Override
    public void failed(
            Instant at,
            Source source,
            Optional<SessionId> session,
            Code code,
            String login,
            String client) {
        if (!waiting.offer(Optional.of(new Refused(at, source, session, code, login, client)))) {
            lost.incrementAndGet();
        }
    }

    private void write() {
        begin();
        try {
            while (!closing || !waiting.isEmpty()) {
                @Nullable Optional<Refused> first =
                        waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                List<Optional<Refused>> all = new ArrayList<>();
                if (first != null) {
                    all.add(first);
                }
                waiting.drainTo(all);
                append(lines(all, clock.instant()));
            }
            budget.lost(lost.getAndSet(0));
            append(budget.next(clock.instant()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    private List<String> lines(List<Optional<Refused>> all, Instant now) {
        List<String> lines = new ArrayList<>();
        if (budget.isOver(now)) {
            budget.lost(lost.getAndSet(0));
            lines.addAll(budget.next(now));
        }
        all.forEach(one -> one.flatMap(budget::take).ifPresent(lines::add));
        return lines;
    }

    private void append(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        try {
            file.append(lines);
            complained = false;
        } catch (IOException e) {
            complain(e);
        }
    }

    private void begin() {
        try {
            file.begin();
        } catch (IOException e) {
            complain(e);
        }
    }

    private void complain(IOException e) {
        if (!complained) {
            LOG.warn("Refused connections cannot be written to the auth log: {}", e.toString());
            complained = true;
        }
    }

    /** Writes what waits, and what was only counted. */
    @Override
    public void close() throws IOException {
        closing = true;
        waiting.offer(Optional.empty()); // a full queue keeps it awake anyway
        try {
            writer.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}

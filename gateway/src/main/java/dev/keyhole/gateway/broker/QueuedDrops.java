package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.ban.DropNumbers;
import dev.keyhole.gateway.ban.Drops;
import dev.keyhole.gateway.ban.KernelTable;
import dev.keyhole.gateway.model.SourceGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what the guard decides to the kernel, one after the other, on a thread of its own: the guard never waits.
 *
 * <p>When more than {@value #MOST_WAITING} changes wait, no more drops are taken: they would only save work that the door
 * does as well. A lift is always taken, because nobody would notice that it is missing. What fails is logged once in a
 * row and not tried again; the next refusal of that source asks anew.
 */
public final class QueuedDrops implements Drops {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedDrops.class);
    private static final int MOST_WAITING = 4_096;

    /** One step, on the thread. */
    private interface Change {
        void make() throws IOException;
    }

    private final LinkedBlockingQueue<Change> waiting = new LinkedBlockingQueue<>();
    private final KernelTable table;
    private final Thread worker;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile Optional<String> trouble = Optional.empty();
    private boolean complained; // the worker's

    private QueuedDrops(KernelTable table) {
        this.table = table;
        this.worker = Thread.ofPlatform().name("drops").daemon().unstarted(this::work);
    }

    public static QueuedDrops to(KernelTable table) {
        QueuedDrops drops = new QueuedDrops(table);
        drops.worker.start();
        return drops;
    }

    @Override
    public void drop(SourceGroup source, Duration time) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(() -> {
                table.drop(source, time);
                dropped.increment();
            });
        }
    }

    @Override
    public void lift(SourceGroup source) {
        waiting.add(() -> table.lift(source));
    }

    @Override
    public void liftAll() {
        waiting.clear();
        waiting.add(table::liftAll);
    }

    @Override
    public DropNumbers numbers() {
        return new DropNumbers(dropped.sum(), failed.sum(), trouble);
    }

    @Override
    public Optional<String> trouble() {
        try {
            table.requireTable();
            return trouble;
        } catch (IOException e) {
            return Optional.of("no kernel drops: " + e.getMessage());
        }
    }

    private void work() {
        try {
            while (true) {
                make(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does: it lives as long as the process
        }
    }

    private void make(Change change) {
        try {
            change.make();
            complained = false;
            trouble = Optional.empty();
        } catch (IOException e) {
            failed.increment();
            trouble = Optional.of(String.valueOf(e.getMessage()));
            if (!complained) {
                LOG.warn(
                        "The kernel was not told of a ban, which the door enforces: {}",
                        e.getMessage());
                complained = true;
            }
        }
    }
}

package dev.keyhole.gateway.ssh;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The door's own timers. They run on {@link System#nanoTime()}, so that a step of the wall clock neither prolongs a
 * login nor kills a session, as MINA's would.
 *
 * <p>Thread-safe. Tasks run on a virtual thread each, so a slow one delays nobody.
 */
public final class Timers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clockwork =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("timers").daemon().factory());

    public Timers() {
        clockwork.setRemoveOnCancelPolicy(true);
        clockwork.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task once, later. What is returned calls it off, and lets go of everything that the task holds. */
    public Runnable after(Duration delay, Runnable task) {
        try {
            Future<?> planned =
                    clockwork.schedule(
                            () -> Thread.ofVirtual().start(task),
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        } catch (RejectedExecutionException e) {
            Thread.ofVirtual().start(task); // closing: better early than never
            return () -> {};
        }
    }

    /** Runs the task again and again, with that pause between two starts. */
    void every(Duration period, Runnable task) {
        clockwork.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().start(task),
                period.toNanos(),
                period.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        clockwork.shutdown();
    }
}

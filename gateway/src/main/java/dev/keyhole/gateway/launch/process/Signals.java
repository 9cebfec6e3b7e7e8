package dev.keyhole.gateway.launch.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks and kills processes, never another one that got the same pid, and waits for their ends. */
final class Signals {
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private Signals() {}

    /** SIGTERM. */
    static void ask(ProcessEntry process) {
        same(process).ifPresent(ProcessHandle::destroy);
    }

    /** SIGKILL. */
    static void kill(ProcessEntry process) {
        same(process).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Waits for its end, at most so long; an interrupt ends the wait and stays set. */
    static boolean awaitEnd(ProcessEntry process, Duration atMost) {
        try {
            return awaitExit(process, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for its end. */
    static void awaitExit(ProcessEntry process) throws InterruptedException {
        awaitExit(process, FOREVER);
    }

    private static boolean awaitExit(ProcessEntry process, Duration atMost)
            throws InterruptedException {
        try (Pidfd handle = Pidfd.open(process.pid()).orElse(null)) {
            if (same(process).isEmpty()) {
                return true;
            }
            if (handle != null) {
                return handle.awaitExit(atMost);
            }
            return same(process).isEmpty() || awaitByPolling(process, atMost);
        }
    }

    /** Some sandboxes have no pidfds; the JDK then looks every few hundred milliseconds. */
    private static boolean awaitByPolling(ProcessEntry process, Duration atMost)
            throws InterruptedException {
        Optional<ProcessHandle> handle = same(process);
        if (handle.isEmpty()) {
            return true;
        }
        try {
            handle.get().onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The wait for an exit cannot fail", e);
        }
    }

    /** The JDK's handle remembers the start time too, so a signal to it cannot hit a later process. */
    private static Optional<ProcessHandle> same(ProcessEntry process) {
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        return new ProcessTable().alive(process.pid(), process.startTime()).isPresent()
                ? handle
                : Optional.empty();
    }
}

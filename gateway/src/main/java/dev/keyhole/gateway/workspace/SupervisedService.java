package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.wire.Code;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one service of one workspace alive: starts it, waits until it answers, starts it again with backoff when it
 * ends by itself, and gives up with its last log lines.
 *
 * <p>Thread-safe. The state is guarded by {@code this}; no launcher call is made under that lock. While the service is
 * wanted one virtual thread supervises it.
 */
final class SupervisedService {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedService.class);
    private static final int LOG_LINES = 20;

    private final PrincipalName owner;
    private final ServiceName service;
    private final Launcher launcher;
    private final ServiceProbe probe;
    private final AuditLog audit;
    private final Patience patience;

    private ServiceState state;
    private @Nullable Thread supervisor;

    SupervisedService(
            PrincipalName owner,
            ServiceName service,
            Launcher launcher,
            ServiceProbe probe,
            AuditLog audit,
            Patience patience) {
        this.owner = owner;
        this.service = service;
        this.launcher = launcher;
        this.probe = probe;
        this.audit = audit;
        this.patience = patience;
        // A workspace that never ran starts for any session, however old.
        this.state = new ServiceState.Stopped(Long.MIN_VALUE, "not started yet");
    }

    ServiceName name() {
        return service;
    }

    synchronized ServiceState state() {
        return state;
    }

    /** Takes over a process that a former door started. */
    synchronized void adopt(RunningService process) {
        supervise(process);
    }

    /** Starts it unless it is wanted already. Waits for a stop that is under way. */
    synchronized void start() throws InterruptedException {
        while (state instanceof ServiceState.Stopping) {
            wait();
        }
        if (state instanceof ServiceState.Stopped || state instanceof ServiceState.Failed) {
            supervise(null);
        }
    }

    /**
     * Whether a session that logged in at that time may start it. Who had it stopped under him may not, or the first
     * reconnecting browser tab would undo every stop.
     */
    synchronized boolean startsFor(long loginNanos) {
        return switch (state) {
            case ServiceState.Stopped stopped -> isAfter(loginNanos, stopped.sinceNanos());
            case ServiceState.Failed failed -> isAfter(loginNanos, failed.sinceNanos());
            case ServiceState.Stopping stopping -> false;
            case ServiceState.Starting starting -> true;
            case ServiceState.Ready ready -> true;
            case ServiceState.BackingOff backingOff -> true;
        };
    }

    private static boolean isAfter(long loginNanos, long sinceNanos) {
        return sinceNanos == Long.MIN_VALUE || loginNanos - sinceNanos > 0;
    }

    /**
     * Waits until it answers.
     *
     * @throws WorkspaceRefusal when it is stopped or given up meanwhile, or the patience is over
     */
    synchronized RunningService awaitReady() throws WorkspaceRefusal, InterruptedException {
        long deadline = System.nanoTime() + patience.untilReady().toNanos();
        while (true) {
            switch (state) {
                case ServiceState.Ready ready -> {
                    return ready.process();
                }
                case ServiceState.Failed failed ->
                        throw new WorkspaceRefusal(
                                new Refusal(
                                        Code.WORKSPACE_FAILED,
                                        service
                                                + " cannot start: "
                                                + failed.reason()
                                                + " "
                                                + Code.WORKSPACE_FAILED.nextMove(),
                                        failed.reason()));
                case ServiceState.Stopped stopped -> throw stopped(stopped.reason());
                case ServiceState.Stopping stopping -> throw stopped(stopping.reason());
                case ServiceState.Starting starting -> waitUntil(deadline);
                case ServiceState.BackingOff backingOff -> waitUntil(deadline);
            }
        }
    }

    private void waitUntil(long deadline) throws WorkspaceRefusal, InterruptedException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            String step = launcher.step(owner).map(text -> " (" + text + ")").orElse("");
            throw new WorkspaceRefusal(
                    Refusal.of(Code.SERVICE_NOT_READY, service + " is " + state.word() + step));
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }

    static WorkspaceRefusal stopped(String reason) {
        return new WorkspaceRefusal(
                new Refusal(
                        Code.WORKSPACE_STOPPED,
                        "The workspace was stopped ("
                                + reason
                                + "). "
                                + Code.WORKSPACE_STOPPED.nextMove(),
                        reason));
    }

    /** Stops it and returns when its processes are gone; FAILED when the launcher could not. */
    void stop(String reason) {
        Thread stopped;
        synchronized (this) {
            if (state instanceof ServiceState.Stopped || state instanceof ServiceState.Stopping) {
                return;
            }
            enter(new ServiceState.Stopping(reason));
            stopped = supervisor;
            supervisor = null;
        }
        if (stopped != null) {
            stopped.interrupt();
        }
        try {
            launcher.stop(owner, service);
        } catch (RuntimeException e) {
            notStopped(e);
            return;
        }
        enter(new ServiceState.Stopped(System.nanoTime(), reason));
        audit.record(new AuditEvent.WorkspaceStopped(owner, service, reason));
    }

    /** FAILED: something of the workspace may run on, and nobody knows. */
    void notStopped(RuntimeException why) {
        LOG.error("{} of {} could not be stopped", service, owner, why);
        Throwable cause =
                why instanceof UncheckedIOException && why.getCause() != null
                        ? why.getCause()
                        : why;
        String problem = "It could not be stopped: " + cause.getMessage();
        audit.record(new AuditEvent.WorkspaceFailed(owner, service, problem));
        enter(new ServiceState.Failed(System.nanoTime(), problem, List.of()));
    }

    /** Stops supervising and leaves the process running, for the next door to adopt. */
    void release() {
        Thread released;
        synchronized (this) {
            released = supervisor;
            supervisor = null;
        }
        if (released != null) {
            released.interrupt();
        }
    }

    private void supervise(@Nullable RunningService adopted) {
        enter(new ServiceState.Starting(System.nanoTime()));
        supervisor =
                Thread.ofVirtual()
                        .name("[" + owner + " " + service + "]")
                        .unstarted(() -> {
                            try {
                                keepAlive(adopted);
                            } catch (InterruptedException e) {
                                // stopped or released: whoever did it has set the state
                            }
                        });
        supervisor.start();
    }

    private void keepAlive(@Nullable RunningService adopted) throws InterruptedException {
        int failures = 0;
        RunningService process = adopted;
        while (true) {
            String ending;
            long startNanos = System.nanoTime();
            try {
                if (process == null) {
                    audit.write(new AuditEvent.WorkspaceStarting(owner, service));
                    process = launcher.start(owner, service);
                }
                ending = untilExit(process, process.equals(adopted), startNanos);
            } catch (LaunchFailure e) {
                ending = e.getMessage();
            } catch (RuntimeException e) {
                // A launcher that breaks must end in FAILED with a reason, not in a start that
                // never ends.
                LOG.error("The launcher broke while it ran {} of {}", service, owner, e);
                ending = "The launcher broke: " + e.getMessage();
            } catch (AuditUnavailable e) {
                giveUp(e.getMessage(), List.of());
                return;
            }
            process = null;
            boolean ranWell = System.nanoTime() - startNanos > patience.forgivesAfter().toNanos();
            failures = ranWell ? 1 : failures + 1;
            List<String> lastLog = launcher.log(owner, service, LOG_LINES);
            if (failures > patience.tries()) {
                giveUp(ending, lastLog);
                return;
            }
            pause(failures, lastLog);
        }
    }

    /** Returns why the process is no longer there. */
    private String untilExit(RunningService process, boolean adopted, long startNanos)
            throws InterruptedException {
        CompletableFuture<Void> exit = exitOf(process);
        if (awaitAnswer(process, exit)) {
            audit.record(
                    new AuditEvent.WorkspaceReady(
                            owner,
                            service,
                            process.pid(),
                            adopted,
                            Duration.ofNanos(System.nanoTime() - startNanos)));
            enterIfSupervising(new ServiceState.Ready(process, System.nanoTime()));
            waitFor(exit, Duration.ofDays(36_500));
            return service + " ended by itself.";
        }
        if (exit.isDone()) {
            return service + " ended before it answered.";
        }
        launcher.stop(owner, service);
        return service + " did not answer within " + patience.untilReady().toSeconds() + " s.";
    }

    /** A platform thread, because waiting for a process holds the thread inside the kernel. */
    private CompletableFuture<Void> exitOf(RunningService process) {
        CompletableFuture<Void> exit = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("exit-of-" + process.pid())
                .daemon()
                .start(() -> {
                    try {
                        launcher.awaitExit(process);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        exit.complete(null);
                    }
                });
        return exit;
    }

    private boolean awaitAnswer(RunningService process, CompletableFuture<Void> exit)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.untilReady().toNanos();
        while (System.nanoTime() < deadline) {
            if (probe.answers(process)) {
                return true;
            }
            if (waitFor(exit, patience.betweenProbes())) {
                return false;
            }
        }
        return false;
    }

    private static boolean waitFor(CompletableFuture<Void> exit, Duration atMost)
            throws InterruptedException {
        try {
            exit.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The wait for an exit cannot fail", e);
        }
    }

    private synchronized void pause(int failures, List<String> lastLog)
            throws InterruptedException {
        Duration pause = patience.pause(failures);
        enterIfSupervising(new ServiceState.BackingOff(failures, pause, lastLog));
        long deadline = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        enterIfSupervising(new ServiceState.Starting(System.nanoTime()));
    }

    private void giveUp(String reason, List<String> lastLog) throws InterruptedException {
        audit.record(new AuditEvent.WorkspaceFailed(owner, service, reason));
        enterIfSupervising(new ServiceState.Failed(System.nanoTime(), reason, lastLog));
    }

    /** A supervisor that was told to stop must not overwrite the state of who told it. */
    private synchronized void enterIfSupervising(ServiceState next) throws InterruptedException {
        if (Thread.currentThread() != supervisor) {
            throw new InterruptedException();
        }
        enter(next);
    }

    private synchronized void enter(ServiceState next) {
        state = next;
        notifyAll();
    }
}

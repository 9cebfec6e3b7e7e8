package dev.keyhole.gateway.launch.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.keyhole.gateway.workspace.CommandEnd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main process of a command and its process session.
 *
 * <p>One platform thread starts it and stays until its end, because the kernel tells a process of its parent's death
 * when that <em>thread</em> dies. While we hang up the ended process is not reaped: its number stays taken, so that a
 * signal cannot reach a stranger.
 */
final class CommandProcess {
    private static final Logger LOG = LoggerFactory.getLogger(CommandProcess.class);
    private static final int HANG_UP = 1;
    private static final int CONTINUE = 18;
    private static final int BY_PID = 1; // P_PID
    private static final int EXITED = 4; // WEXITED
    private static final int LEAVE_IT = 0x01000000; // WNOWAIT
    private static final Duration ROUND = Duration.ofMillis(100);
    private static final int MOST_ROUNDS = 100;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle WAIT_ID =
            handle(
                    "waitid",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle WAIT_PID =
            handle("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SIGNAL =
            handle("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    /** Starts the process and gives its pid. */
    interface Start {
        int spawn() throws IOException;
    }

    private final OsUser user;
    private final ProcessTable processes = new ProcessTable();
    private final CompletableFuture<Integer> started = new CompletableFuture<>();
    private final CompletableFuture<CommandEnd> ended = new CompletableFuture<>();

    // Guarded by this.
    private boolean hangingUp;
    private boolean reaped;

    private CommandProcess(OsUser user) {
        this.user = user;
    }

    /**
     * Starts a command's process.
     *
     * @param atEnd what to do when it has ended, on the command's thread
     */
    static CommandProcess start(OsUser user, Start start, Runnable atEnd) throws IOException {
        var process = new CommandProcess(user);
        Thread.ofPlatform()
                .name("command of " + user.name())
                .daemon()
                .start(() -> process.live(start, atEnd));
        try {
            process.started.get();
            return process;
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(process.started.exceptionNow().getMessage()), e);
        } catch (InterruptedException e) {
            // It may exist a moment later; nobody will ever hold it.
            process.started.thenRun(() -> process.hangUp(Duration.ZERO));
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was started", e);
        }
    }

    private void live(Start start, Runnable atEnd) {
        int pid;
        try {
            pid = start.spawn();
        } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e);
            return;
        }
        started.complete(pid);
        awaitZombie(pid);
        CommandEnd end = reap(pid);
        ended.complete(end);
        atEnd.run();
    }

    private static void awaitZombie(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ignored = arena.allocate(128, 8);
            int failed;
            do {
                failed = (int) WAIT_ID.invokeExact(BY_PID, pid, ignored, EXITED | LEAVE_IT);
            } while (failed != 0);
        } catch (Throwable e) {
            throw new IllegalStateException("waitid cannot be called", e);
        }
    }

    private synchronized CommandEnd reap(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            while (hangingUp) {
                wait();
            }
            MemorySegment status = arena.allocate(JAVA_INT);
            int ignored = (int) WAIT_PID.invokeExact(pid, status, 0);
            reaped = true;
            return end(status.get(JAVA_INT, 0));
        } catch (Throwable e) {
            throw new IllegalStateException("waitpid cannot be called", e);
        }
    }

    /** As wait(2) packs it. */
    static CommandEnd end(int status) {
        int signal = status & 0x7f;
        return signal == 0
                ? new CommandEnd.Exited((status >> 8) & 0xff)
                : new CommandEnd.Killed(signal);
    }

    private int pid() {
        return started.resultNow();
    }

    CommandEnd await() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the wait for an end cannot fail", e);
        }
    }

    /** To one process group of the session. */
    synchronized void signalGroup(int group, int signal) {
        if (!reaped && group > 1) {
            send(-group, signal);
        }
    }

    /** To the group of the main process. */
    void signal(int signal) {
        signalGroup(pid(), signal);
    }

    /** Begins to end the whole session and returns at once; see {@code RunningCommand.close}. */
    void hangUp(Duration grace) {
        synchronized (this) {
            if (reaped || hangingUp) {
                return;
            }
            hangingUp = true;
            send(-pid(), HANG_UP);
            send(-pid(), CONTINUE);
        }
        Thread.ofPlatform().name("hang-up of " + pid()).daemon().start(() -> endSession(grace));
    }

    private void endSession(Duration grace) {
        try {
            long deadline = System.nanoTime() + grace.toNanos();
            List<ProcessEntry> rest = rest();
            while (!rest.isEmpty() && System.nanoTime() < deadline) {
                Signals.awaitEnd(rest.getFirst(), ROUND);
                rest = rest();
            }
            for (int round = 0; round < MOST_ROUNDS && !rest.isEmpty(); round++) {
                rest.forEach(Signals::kill);
                Signals.awaitEnd(rest.getLast(), ROUND);
                rest = rest();
            }
        } catch (RuntimeException e) {
            LOG.error("A command of {} could not be ended", user.name(), e);
        } finally {
            synchronized (this) {
                hangingUp = false;
                notifyAll();
            }
        }
    }

    /** What is left of the session, but for those that nohup(1) was asked to keep. */
    private List<ProcessEntry> rest() {
        List<ProcessEntry> rest = new ArrayList<>();
        // Ours for the moment between the start and the step down to the user.
        processes.entry(pid()).filter(ProcessEntry::isAlive).ifPresent(rest::add);
        processes.of(user.uid()).stream()
                .filter(process -> process.session() == pid() && process.pid() != pid())
                .filter(process -> !processes.ignores(process.pid(), HANG_UP))
                .forEach(rest::add);
        return rest;
    }

    private static void send(int target, int signal) {
        try {
            int ignored = (int) SIGNAL.invokeExact(target, signal);
        } catch (Throwable e) {
            throw new IllegalStateException("kill cannot be called", e);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor types) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), types);
    }
}

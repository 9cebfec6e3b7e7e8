package dev.keyhole.gateway.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.WindowSize;
import dev.keyhole.gateway.workspace.WorkspaceRefusal;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One command of a session channel, from the audit's first word to the exit status. The process runs in the workspace,
 * never here.
 *
 * <p>{@link #run} has a platform thread of its own, because output may have to be waited for inside the kernel, and
 * makes a second one for input. MINA's thread only queues and tells.
 */
final class CommandSession {
    /** How long a command that a client closed may go on by itself: the end of a file must still get to the disk. */
    private static final Duration AFTER_CLOSE = Duration.ofSeconds(2);

    private static final Duration DELIVERY_PATIENCE = Duration.ofSeconds(10);

    private final Authenticated who;
    private final CommandDesk desk;
    private final Command wanted;
    private final CommandChannel channel;
    private final ByteQueue fromClient = new ByteQueue();
    private final CountDownLatch over = new CountDownLatch(1);

    private volatile @Nullable RunningCommand running;
    private volatile @Nullable Thread up;

    // Guarded by this.
    private boolean gone;
    private @Nullable WindowSize early; // of a terminal that is only being made

    CommandSession(Authenticated who, CommandDesk desk, Command wanted, CommandChannel channel) {
        this.who = who;
        this.desk = desk;
        this.wanted = wanted;
        this.channel = channel;
    }

    /** Runs it and returns when everything is said. */
    void run() throws IOException, InterruptedException {
        try {
            desk.audit()
                    .write(
                            new AuditEvent.CommandStarted(
                                    who.actor(),
                                    wanted.program().word(),
                                    wanted.program().text(),
                                    wanted.terminal().isPresent()));
        } catch (AuditUnavailable e) {
            refuse(
                    Refusal.of(Code.AUDIT_UNAVAILABLE, e.getMessage()).message(),
                    ExitStatus.REFUSED);
            return;
        }
        long since = System.nanoTime();
        var pump = new CommandPump(channel, fromClient, desk.usage().of(who.principal()));
        String outcome = "the door failed";
        try {
            outcome = launchAndCarry(pump);
        } finally {
            desk.audit()
                    .record(
                            new AuditEvent.CommandEnded(
                                    who.actor(),
                                    wanted.program().word(),
                                    pump.bytesIn(),
                                    pump.bytesOut(),
                                    Duration.ofNanos(System.nanoTime() - since),
                                    outcome));
        }
    }

    /** Returns how it ended. */
    private String launchAndCarry(CommandPump pump) throws IOException, InterruptedException {
        try (RunningCommand command = desk.workspaces().of(who.principal()).exec(wanted)) {
            CommandEnd end = carry(pump, command);
            channel.sayEnd(end);
            return end.text();
        } catch (WorkspaceRefusal e) {
            fromClient.discard();
            refuse(e.refusal().message(), ExitStatus.REFUSED);
            return e.refusal().message();
        } catch (LaunchFailure e) {
            fromClient.discard();
            refuse(Code.COMMAND_FAILED + ": " + e.getMessage(), ExitStatus.FAILED);
            return e.getMessage();
        }
    }

    private CommandEnd carry(CommandPump pump, RunningCommand command) throws InterruptedException {
        if (!begin(command)) {
            command.close();
        }
        Thread carrier =
                Thread.ofPlatform()
                        .name(Thread.currentThread().getName() + " up")
                        .daemon()
                        .start(() -> pump.up(command));
        up = carrier;
        try {
            pump.down(command);
            return command.await();
        } finally {
            over.countDown();
            fromClient.discard();
            fromClient.end();
            command.close();
            carrier.interrupt();
            carrier.join();
        }
    }

    /** False when the client has gone meanwhile. */
    private synchronized boolean begin(RunningCommand command) {
        running = command;
        if (early != null) {
            command.resize(early);
        }
        return !gone;
    }

    private void refuse(String text, ExitStatus status) throws IOException, InterruptedException {
        byte[] bytes = (text + (wanted.terminal().isPresent() ? "\r\n" : "\n")).getBytes(UTF_8);
        channel.writer().awaitSpace();
        channel.writer().sendError(bytes, bytes.length);
        channel.writer().flush();
        channel.sayEnd(new CommandEnd.Exited(status.number()));
    }

    /** From MINA's thread; never blocks. */
    void put(byte[] bytes, int offset, int length) {
        fromClient.put(bytes, offset, length);
    }

    void endInput() {
        fromClient.end();
    }

    synchronized void resize(WindowSize size) {
        early = size;
        RunningCommand command = running;
        if (command != null) {
            command.resize(size);
        }
    }

    void signal(CommandSignal signal) {
        RunningCommand command = running;
        if (command != null) {
            command.signal(signal);
        }
    }

    /** Its kind, once it runs. */
    Optional<String> running() {
        return running == null ? Optional.empty() : Optional.of(wanted.program().word());
    }

    /**
     * The channel goes away: at once with its session; if the client closed it, what it sent before still reaches a
     * command without a terminal, which then may end by itself. Returns at once.
     */
    synchronized void hangUp(boolean sessionEnds) {
        gone = true;
        fromClient.end();
        RunningCommand command = running;
        if (command == null) {
            return;
        }
        if (sessionEnds || wanted.terminal().isPresent()) {
            Thread.ofVirtual().start(command::close);
        } else {
            Thread.ofPlatform()
                    .name("[" + who.arrival().session() + " hang-up]")
                    .daemon()
                    .start(() -> closeOnceDelivered(command));
        }
    }

    private void closeOnceDelivered(RunningCommand command) {
        try {
            Thread carrier = up;
            if (carrier == null || carrier.join(DELIVERY_PATIENCE)) {
                over.await(AFTER_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            command.close();
        }
    }
}

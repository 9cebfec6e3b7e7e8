package dev.keyhole.gateway.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.MemberVerbs;
import dev.keyhole.gateway.control.UsageError;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandEnvironment;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.LocalWindow;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * A session channel (RFC 4254, section 6): {@code keyhole VERB} for everybody; for a shell request the status page, or,
 * where the principal's policy grants it, a shell in the workspace, and then commands and sftp too. No process of the
 * door's is ever behind it. Written anew instead of MINA's, which also knows agents and X11.
 *
 * <p>Requests come on MINA's thread; the answer is written by a thread of the channel's own.
 */
final class MemberChannel extends AbstractServerChannel implements CommandChannel {
    private static final String VERBS = "keyhole";

    /** What PuTTY asks to hear a failure, to measure the line with. */
    private static final Set<String> HARMLESS =
            Set.of("winadj@putty.projects.tartarus.org", "simple@putty.projects.tartarus.org");

    /** What a channel was asked to do, and does, up to the word how it ended. */
    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    /** A task that begins when the client knows that its request was accepted. */
    private record Next(Thread.Builder thread, Task task) {}

    private final Authenticated who;
    private final MemberDesk desk;
    private final KeyPresses keys = new KeyPresses();
    private final ChannelWriter writer = ChannelWriter.toClient(this);

    // Only MINA's thread touches these.
    private final CommandWishes wishes = new CommandWishes();
    private boolean hasTerminal;
    private boolean isTaken;
    private @Nullable Next next;

    private volatile @Nullable Thread worker;
    private volatile @Nullable CommandSession command;

    MemberChannel(Authenticated who, MemberDesk desk) {
        super(null);
        this.who = who;
        this.desk = desk;
    }

    @Override
    protected RequestHandler.Result handleInternalRequest(
            String request, boolean wantReply, Buffer buffer) throws IOException {
        return switch (request) {
            case "pty-req" ->
                    isGranted() && !who.permitsPty()
                            ? refuse(request, Code.SESSION_REQUEST_REFUSED)
                            : terminal(buffer);
            case "env" -> variable(buffer.getString(), buffer.getString());
            case "window-change" -> answer(resize(buffer));
            case "signal" -> signal(buffer);
            case "shell" ->
                    isGranted()
                            ? take(new Command.Shell())
                            : take(Thread.ofVirtual(), this::showPage);
            case "exec" -> exec(buffer.getBytes());
            case "subsystem" -> subsystem(buffer.getString());
            default ->
                    HARMLESS.contains(request)
                            ? RequestHandler.Result.ReplyFailure
                            : refuse(request, Code.SESSION_REQUEST_REFUSED);
        };
    }

    /** Every stock client brings its language along, granted or not; what is more than that is news. Values are nobody's. */
    private RequestHandler.Result variable(String name, String value) {
        return CommandEnvironment.knows(name)
                ? answer(isGranted() && wishes.variable(name, value))
                : refuse("env " + name, Code.SESSION_REQUEST_REFUSED);
    }

    private RequestHandler.Result terminal(Buffer buffer) {
        hasTerminal = true;
        if (isGranted()) {
            wishes.terminal(buffer);
        }
        return RequestHandler.Result.ReplySuccess;
    }

    private boolean isGranted() {
        return desk.commands().granted().test(who);
    }

    private static RequestHandler.Result answer(boolean done) {
        return done ? RequestHandler.Result.ReplySuccess : RequestHandler.Result.ReplyFailure;
    }

    private boolean resize(Buffer buffer) {
        CommandSession running = command;
        if (running != null) {
            running.resize(CommandWishes.size(buffer));
        }
        return running != null;
    }

    private RequestHandler.Result signal(Buffer buffer) {
        CommandSession running = command;
        if (running == null) {
            keys.end();
            return RequestHandler.Result.ReplySuccess;
        }
        Optional<CommandSignal> signal = CommandSignal.of(buffer.getString());
        signal.ifPresent(running::signal);
        return answer(signal.isPresent());
    }

    private RequestHandler.Result take(Thread.Builder thread, Task task) {
        if (isTaken) {
            return RequestHandler.Result.ReplyFailure;
        }
        isTaken = true;
        next = new Next(thread, task);
        return RequestHandler.Result.ReplySuccess;
    }

    private RequestHandler.Result take(Command.Program program) {
        if (isTaken) {
            return RequestHandler.Result.ReplyFailure;
        }
        CommandSession session =
                new CommandSession(who, desk.commands(), wishes.command(program), this);
        command = session;
        return take(Thread.ofPlatform().daemon(), session::run);
    }

    private RequestHandler.Result exec(byte[] line) {
        Optional<String> text = text(line);
        String command = text.orElseGet(() -> new String(line, ISO_8859_1));
        if (command.equals(VERBS) || command.startsWith(VERBS + " ")) {
            return take(Thread.ofVirtual(), () -> runVerb(command.substring(VERBS.length())));
        }
        if (!isGranted()) {
            return refuse("exec " + command, Code.COMMAND_UNKNOWN);
        }
        return text.filter(Command.Line::isValid).isPresent()
                ? take(new Command.Line(command))
                : refuse("exec " + command, Code.COMMAND_INVALID);
    }

    /** A line that is not UTF-8 could reach the shell as another one. */
    private static Optional<String> text(byte[] line) {
        try {
            CharBuffer text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return Optional.of(text.toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private RequestHandler.Result subsystem(String name) {
        return name.equals("sftp") && isGranted()
                ? take(new Command.Sftp())
                : refuse("subsystem " + name, Code.SESSION_REQUEST_REFUSED);
    }

    private RequestHandler.Result refuse(String request, Code code) {
        desk.refuseRest().note(who, request, Refusal.of(code, "session request " + request));
        return RequestHandler.Result.ReplyFailure;
    }

    private void runVerb(String words) throws IOException, InterruptedException {
        try {
            MemberVerbs.Call call = desk.verbs().call(words);
            Answer answer = call.run(who);
            print(answer.shown(call.json()));
            say(answer.status());
        } catch (RuntimeException e) {
            log.error("A verb of {} failed", who.principal(), e);
            print(
                    "keyhole: that failed inside the door; its log says why. Tell the operator, or try again.\n");
            say(ExitStatus.FAILED);
        } catch (UsageError e) {
            desk.refuseRest()
                    .note(
                            who,
                            "exec " + VERBS + words,
                            Refusal.of(Code.COMMAND_UNKNOWN, String.valueOf(e.getMessage())));
            print("keyhole: " + e.getMessage() + "\n");
            say(ExitStatus.USAGE);
        }
    }

    private void showPage() throws IOException, InterruptedException {
        desk.verbs().noteStatusPage(who);
        desk.page().show(who, this::print, keys);
        say(ExitStatus.DONE);
    }

    /** The client must see that its request was accepted before it sees the first byte of the answer. */
    @Override
    protected IoWriteFuture sendResponse(
            Buffer buffer, String request, RequestHandler.Result result, boolean wantReply)
            throws IOException {
        IoWriteFuture sent = super.sendResponse(buffer, request, result, wantReply);
        Next begun = next;
        if (begun != null) {
            next = null;
            worker =
                    begun.thread()
                            .name(
                                    "["
                                            + who.arrival().session()
                                            + " "
                                            + who.principal()
                                            + " session]")
                            .start(() -> work(begun.task()));
        }
        return sent;
    }

    private void work(Task task) {
        try {
            task.run();
        } catch (IOException e) {
            // the client is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the channel is closed already
        } catch (RuntimeException e) {
            log.error("A session channel of {} failed", who.principal(), e);
        } finally {
            close(false);
        }
    }

    private void print(String text) throws IOException, InterruptedException {
        byte[] bytes = (hasTerminal ? text.replace("\n", "\r\n") : text).getBytes(UTF_8);
        int sent = 0;
        while (sent < bytes.length) {
            byte[] packet = new byte[Math.min(writer.awaitSpace(), bytes.length - sent)];
            System.arraycopy(bytes, sent, packet, 0, packet.length);
            writer.send(packet, packet.length);
            sent += packet.length;
        }
        writer.flush();
    }

    private void say(ExitStatus status) throws IOException {
        sayEnd(new CommandEnd.Exited(status.number()));
    }

    @Override
    public void sayEnd(CommandEnd end) throws IOException {
        // Before the EOF: PuTTY closes at once when both sides have said it, and would not hear
        // more.
        switch (end) {
            case CommandEnd.Exited(int status) -> sendExitStatus(status);
            case CommandEnd.Killed(int signal) -> sendExitSignal(CommandSignal.nameOf(signal));
        }
        sendEof();
    }

    private void sendExitSignal(String name) throws IOException {
        Buffer packet = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, 64);
        packet.putUInt(getRecipient());
        packet.putString("exit-signal");
        packet.putBoolean(false); // no reply
        packet.putString(name);
        packet.putBoolean(false); // no core of ours
        packet.putString("");
        packet.putString("");
        writePacket(packet);
    }

    @Override
    public ChannelWriter writer() {
        return writer;
    }

    @Override
    public LocalWindow window() {
        return getLocalWindow();
    }

    /** The kind of the command whose bytes may be on their way. */
    Optional<String> runningCommand() {
        return Optional.ofNullable(command).flatMap(CommandSession::running);
    }

    @Override
    protected void doWriteData(byte[] data, int offset, long length) throws IOException {
        CommandSession session = command;
        if (session == null) {
            keys.typed(data, offset, (int) length);
            getLocalWindow().release(length);
        } else {
            session.put(data, offset, (int) length);
        }
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
        throw new SshException(
                SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "extended data from a client");
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        CommandSession session = command;
        if (session != null) {
            session.endInput();
        }
    }

    @Override
    protected void preClose() {
        Thread running = worker;
        CommandSession session = command;
        if (session != null) {
            session.hangUp(getSession().isClosing());
        } else if (running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
        super.preClose();
    }
}

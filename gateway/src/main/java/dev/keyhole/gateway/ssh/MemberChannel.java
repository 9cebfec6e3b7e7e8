package dev.keyhole.gateway.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.control.MemberVerbs;
import dev.keyhole.gateway.control.UsageError;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * A session channel (RFC 4254, section 6) that knows two things: {@code keyhole VERB}, and the status page for a shell
 * request. No process is ever behind it. Written anew instead of MINA's, which also knows agents, X11 and subsystems.
 *
 * <p>Requests come on MINA's thread; the answer is written by a virtual thread of the channel's own.
 */
final class MemberChannel extends AbstractServerChannel {
    private static final String COMMAND = "keyhole";

    /** What a channel was asked to do, and does. */
    private interface Task {
        ExitStatus run() throws IOException, InterruptedException;
    }

    private final Authenticated who;
    private final MemberDesk desk;
    private final KeyPresses keys = new KeyPresses();

    // Only MINA's thread touches these.
    private boolean hasTerminal;
    private boolean isTaken;
    private @Nullable Task next;

    private volatile @Nullable Thread worker;

    MemberChannel(Authenticated who, MemberDesk desk) {
        super(null);
        this.who = who;
        this.desk = desk;
    }

    @Override
    protected RequestHandler.Result handleInternalRequest(
            String request, boolean wantReply, Buffer buffer) throws IOException {
        return switch (request) {
            case "pty-req" -> {
                hasTerminal = true;
                yield RequestHandler.Result.ReplySuccess;
            }
            case "window-change", "env" -> RequestHandler.Result.ReplyFailure;
            case "signal" -> {
                keys.end();
                yield RequestHandler.Result.ReplySuccess;
            }
            case "shell" -> take(this::showPage);
            case "exec" -> exec(buffer.getString());
            default -> refuse(request, Code.SESSION_REQUEST_REFUSED);
        };
    }

    private RequestHandler.Result take(Task task) {
        if (isTaken) {
            return RequestHandler.Result.ReplyFailure;
        }
        isTaken = true;
        next = task;
        return RequestHandler.Result.ReplySuccess;
    }

    private RequestHandler.Result exec(String command) {
        if (!command.equals(COMMAND) && !command.startsWith(COMMAND + " ")) {
            return refuse("exec " + command, Code.COMMAND_UNKNOWN);
        }
        return take(() -> runVerb(command.substring(COMMAND.length())));
    }

    private RequestHandler.Result refuse(String request, Code code) {
        desk.refuseRest().note(who, request, Refusal.of(code, "session request " + request));
        return RequestHandler.Result.ReplyFailure;
    }

    private ExitStatus runVerb(String words) throws IOException, InterruptedException {
        try {
            MemberVerbs.Call call = desk.verbs().call(words);
            Answer answer = call.run(who);
            print(answer.shown(call.json()));
            return answer.status();
        } catch (RuntimeException e) {
            log.error("A verb of {} failed", who.principal(), e);
            print(
                    "keyhole: that failed inside the door; its log says why. Tell the operator, or try again.\n");
            return ExitStatus.FAILED;
        } catch (UsageError e) {
            print("keyhole: " + e.getMessage() + "\n");
            return ExitStatus.USAGE;
        }
    }

    private ExitStatus showPage() throws IOException, InterruptedException {
        desk.page().show(who, this::print, keys);
        return ExitStatus.DONE;
    }

    /** The client must see that its request was accepted before it sees the first byte of the answer. */
    @Override
    protected IoWriteFuture sendResponse(
            Buffer buffer, String request, RequestHandler.Result result, boolean wantReply)
            throws IOException {
        IoWriteFuture sent = super.sendResponse(buffer, request, result, wantReply);
        Task task = next;
        if (task != null) {
            next = null;
            worker =
                    Thread.ofVirtual()
                            .name(
                                    "["
                                            + who.arrival().session()
                                            + " "
                                            + who.principal()
                                            + " session]")
                            .start(() -> work(task));
        }
        return sent;
    }

    private void work(Task task) {
        try {
            ExitStatus status = task.run();
            sendEof();
            sendExitStatus(status.number());
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
        ChannelWriter writer = new ChannelWriter(this);
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

    @Override
    protected void doWriteData(byte[] data, int offset, long length) throws IOException {
        keys.typed(data, offset, (int) length);
        getLocalWindow().release(length);
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
        throw new SshException(
                SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "extended data from a client");
    }

    @Override
    protected void preClose() {
        Thread running = worker;
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
        super.preClose();
    }
}

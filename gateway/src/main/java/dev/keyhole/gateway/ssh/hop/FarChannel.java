package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.ssh.ChannelWriter;
import dev.keyhole.gateway.workspace.RunningCommand.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A channel that we open in somebody else's server: a forward or a session. MINA's threads only put what arrives into
 * {@link Received} and wake who waits; bytes are read and written by the caller's threads, one for each.
 */
final class FarChannel extends AbstractClientChannel {
    /** As many bytes as a channel's opening has beside its type, and some. */
    private static final int ROOM = 512;

    private final Consumer<Buffer> wish;
    private final Received received = new Received();
    private final ChannelWriter writer = new ChannelWriter(this, length -> {});
    private final Queue<CompletableFuture<Boolean>> asked = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<FarEnd> end = new CompletableFuture<>();

    /** @param wish writes what the server must know beside the type */
    private FarChannel(String type, Consumer<Buffer> wish) {
        super(type);
        this.wish = wish;
        addCloseFutureListener(closed -> over());
    }

    /** A forward (RFC 4254, section 7.2). */
    static FarChannel forward(String destination, int port) {
        return new FarChannel(
                "direct-tcpip",
                packet -> {
                    packet.putString(destination);
                    packet.putUInt(port);
                    packet.putString("127.0.0.1"); // who wants it is our business
                    packet.putUInt(0);
                });
    }

    /** A session, in which a command can be asked for (RFC 4254, section 6.1). */
    static FarChannel session() {
        return new FarChannel("session", packet -> {});
    }

    @Override
    public synchronized OpenFuture open() throws IOException {
        if (isClosing()) {
            throw new SshException("the session with the host is over");
        }
        openFuture = new DefaultOpenFuture(this, futureLock);
        Buffer packet = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN, ROOM);
        packet.putString(getChannelType());
        packet.putUInt(getChannelId());
        packet.putUInt(getLocalWindow().getSize());
        packet.putUInt(getLocalWindow().getPacketSize());
        wish.accept(packet);
        writePacket(packet);
        return openFuture;
    }

    @Override
    protected void doOpen() {
        // Nothing of MINA's own streams is used.
    }

    @Override
    protected void doWriteData(byte[] bytes, int offset, long length) {
        received.put(Output.STDOUT, bytes, offset, (int) length);
    }

    @Override
    protected void doWriteExtendedData(byte[] bytes, int offset, long length) {
        received.put(Output.STDERR, bytes, offset, (int) length);
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        received.end();
    }

    @Override
    public void handleSuccess() {
        answer(true);
    }

    @Override
    public void handleFailure() {
        answer(false);
    }

    private void answer(boolean yes) {
        CompletableFuture<Boolean> first = asked.poll();
        if (first != null) {
            first.complete(yes);
        }
    }

    /** Both the host's CLOSE and the end of the whole session come by here. */
    @Override
    protected void preClose() {
        received.breakOff("the host broke it off");
        super.preClose();
    }

    @Override
    protected void notifyStateChanged(String hint) {
        super.notifyStateChanged(hint);
        CompletableFuture<FarEnd> waiting = end;
        // MINA calls this while it still makes the object.
        if (waiting != null && (getExitStatus() != null || getExitSignal() != null)) {
            waiting.complete(new FarEnd(getExitStatus(), getExitSignal()));
        }
    }

    private void over() {
        for (CompletableFuture<Boolean> one = asked.poll(); one != null; one = asked.poll()) {
            one.complete(false);
        }
        end.complete(new FarEnd(getExitStatus(), getExitSignal()));
    }

    /**
     * Asks for something in a session channel.
     *
     * @param content what follows the request's name
     * @return what the host says to it; no, when the channel ends first
     */
    CompletableFuture<Boolean> request(String name, Consumer<Buffer> content) throws IOException {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Buffer packet = requestPacket(name, true);
        content.accept(packet);
        synchronized (asked) { // answers come in the order of the requests
            asked.add(answer);
            writePacket(packet);
        }
        if (isClosing()) {
            over();
        }
        return answer;
    }

    /** The same for what needs no answer. */
    void tell(String name, Consumer<Buffer> content) throws IOException {
        Buffer packet = requestPacket(name, false);
        content.accept(packet);
        writePacket(packet);
    }

    private Buffer requestPacket(String name, boolean wantReply) {
        Buffer packet = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, ROOM);
        packet.putUInt(getRecipient());
        packet.putString(name);
        packet.putBoolean(wantReply);
        return packet;
    }

    /** Waits for bytes; the window is given back only when they are with the reader, so at most one is ever held here. */
    Output read(ByteBuffer into) throws IOException, InterruptedException {
        int before = into.position();
        Output from = received.read(into);
        if (into.position() > before) {
            getLocalWindow().release(into.position() - before);
        }
        return from;
    }

    /** Waits until some are on their way. */
    int write(ByteBuffer from) throws IOException, InterruptedException {
        int length = Math.min(writer.awaitSpace(), from.remaining());
        if (from.hasArray()) {
            writer.send(from.array(), from.arrayOffset() + from.position(), length);
            from.position(from.position() + length);
        } else {
            byte[] copy = new byte[length];
            from.get(copy);
            writer.send(copy, 0, length);
        }
        return length;
    }

    /** EOF, behind everything that was written. */
    void endOutput() throws IOException {
        writer.flush();
        sendEof();
    }

    /** How the command ended, or that the channel did. */
    CompletableFuture<FarEnd> end() {
        return end;
    }

    /** Nobody reads any more, and the host is told to close it. Returns at once. */
    void letGo() {
        received.discard();
        close(false);
    }
}

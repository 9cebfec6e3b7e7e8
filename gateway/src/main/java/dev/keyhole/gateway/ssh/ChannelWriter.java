package dev.keyhole.gateway.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.AbstractChannel;
import org.apache.sshd.common.channel.RemoteWindow;
import org.apache.sshd.common.channel.WindowClosedException;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;

/**
 * Sends CHANNEL_DATA, no faster than the client's window and the network take it: a few packets are under way at a
 * time, so a slow client costs its own forward memory and nobody else's.
 *
 * <p>Used by one thread, which blocks.
 */
public final class ChannelWriter {
    /** What one read may bring; also what OpenSSH asks for as packet size. */
    public static final int LARGEST_PACKET = 32 * 1024;

    private static final int MOST_UNDER_WAY = 4;

    private final AbstractChannel channel;
    private final LongConsumer sent;
    private final Deque<IoWriteFuture> underWay = new ArrayDeque<>();

    /** @param sent hears how many bytes went */
    public ChannelWriter(AbstractChannel channel, LongConsumer sent) {
        this.channel = channel;
        this.sent = sent;
    }

    /** To a client of the door. */
    static ChannelWriter toClient(AbstractServerChannel channel) {
        return new ChannelWriter(
                channel, length -> DoorSession.of(channel.getSession()).traffic().sent(length));
    }

    /** Waits until the other side takes at least one byte; returns how many the next packet may hold. */
    public int awaitSpace() throws IOException, InterruptedException {
        RemoteWindow window = channel.getRemoteWindow();
        while (true) {
            try {
                // MINA measures this with the wall clock; a day is a wait that a step of the clock
                // merely repeats.
                long space = window.waitForSpace(Duration.ofDays(1));
                return (int) Math.min(Math.min(space, window.getPacketSize()), LARGEST_PACKET);
            } catch (SocketTimeoutException e) {
                // wait on
            } catch (WindowClosedException e) {
                throw new EOFException("the other side closed the channel");
            }
        }
    }

    /** Sends at most as many bytes as {@link #awaitSpace} returned. */
    void send(byte[] bytes, int length) throws IOException {
        send(bytes, 0, length);
    }

    /** The same with a part of the bytes. */
    public void send(byte[] bytes, int offset, int length) throws IOException {
        Session session = channel.getSession();
        Buffer packet = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_DATA, length + 16);
        packet.putUInt(channel.getRecipient());
        send(packet, bytes, offset, length);
    }

    /** The same for what a command complains about (RFC 4254, section 5.2). */
    void sendError(byte[] bytes, int length) throws IOException {
        Session session = channel.getSession();
        Buffer packet =
                session.createBuffer(SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA, length + 16);
        packet.putUInt(channel.getRecipient());
        packet.putUInt(SshConstants.SSH_EXTENDED_DATA_STDERR);
        send(packet, bytes, 0, length);
    }

    private void send(Buffer packet, byte[] bytes, int offset, int length) throws IOException {
        channel.getRemoteWindow().consume(length);
        packet.putBytes(bytes, offset, length);
        Session session = channel.getSession();
        underWay.addLast(session.writePacket(packet));
        sent.accept(length);
        while (underWay.size() > MOST_UNDER_WAY) {
            finish(underWay.removeFirst());
        }
    }

    /** Waits until everything is handed to the kernel. */
    public void flush() throws IOException {
        while (!underWay.isEmpty()) {
            finish(underWay.removeFirst());
        }
    }

    private static void finish(IoWriteFuture write) throws IOException {
        // Ends when the connection does: MINA completes every pending write then.
        while (!write.await(Duration.ofDays(1))) {
            // wait on
        }
        if (write.getException() != null) {
            throw new EOFException("the connection is gone");
        }
    }
}

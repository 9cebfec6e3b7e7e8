package dev.keyhole.gateway.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.sshd.common.SshConstants;
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
final class ChannelWriter {
    /** What one read may bring; also what OpenSSH asks for as packet size. */
    static final int LARGEST_PACKET = 32 * 1024;

    private static final int MOST_UNDER_WAY = 4;

    private final AbstractServerChannel channel;
    private final Deque<IoWriteFuture> underWay = new ArrayDeque<>();

    ChannelWriter(AbstractServerChannel channel) {
        this.channel = channel;
    }

    /** Waits until the client takes at least one byte; returns how many the next packet may hold. */
    int awaitSpace() throws IOException, InterruptedException {
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
                throw new EOFException("the client closed the channel");
            }
        }
    }

    /** Sends at most as many bytes as {@link #awaitSpace} returned. */
    void send(byte[] bytes, int length) throws IOException {
        Session session = channel.getSession();
        Buffer packet = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_DATA, length + 16);
        packet.putUInt(channel.getRecipient());
        send(packet, bytes, length);
    }

    /** The same for what a command complains about (RFC 4254, section 5.2). */
    void sendError(byte[] bytes, int length) throws IOException {
        Session session = channel.getSession();
        Buffer packet =
                session.createBuffer(SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA, length + 16);
        packet.putUInt(channel.getRecipient());
        packet.putUInt(SshConstants.SSH_EXTENDED_DATA_STDERR);
        send(packet, bytes, length);
    }

    private void send(Buffer packet, byte[] bytes, int length) throws IOException {
        channel.getRemoteWindow().consume(length);
        packet.putBytes(bytes, 0, length);
        Session session = channel.getSession();
        underWay.addLast(session.writePacket(packet));
        DoorSession.of(session).traffic().sent(length);
        while (underWay.size() > MOST_UNDER_WAY) {
            finish(underWay.removeFirst());
        }
    }

    /** Waits until everything is handed to the kernel. */
    void flush() throws IOException {
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

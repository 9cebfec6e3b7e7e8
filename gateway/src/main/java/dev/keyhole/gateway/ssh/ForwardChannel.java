package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.Grant;
import dev.keyhole.gateway.control.numbers.ForwardKind;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.ByteStream;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.StartNews;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * A {@code direct-tcpip} channel (RFC 4254, section 7.2): one forward from its wish to its last byte. {@link #walk} lists
 * the steps.
 *
 * <p>MINA's thread only parses the wish and puts bytes into a queue. The forward's own virtual thread walks the path and
 * then carries bytes down; a second one carries them up.
 */
final class ForwardChannel extends AbstractServerChannel {
    /** How long a service may read nothing of what the client sent before it closed. */
    private static final Duration DELIVERY_PATIENCE = Duration.ofSeconds(10);

    private final Authenticated who;
    private final ForwardPath path;
    private final ByteQueue fromClient = new ByteQueue();

    private volatile @Nullable Thread walker;
    private volatile @Nullable OpenForward open;
    private volatile @Nullable Pump pumping;
    private volatile @Nullable Thread upCarrier;

    ForwardChannel(Authenticated who, ForwardPath path) {
        super(null);
        this.who = who;
        this.path = path;
    }

    @Override
    protected OpenFuture doInit(Buffer buffer) {
        String host = buffer.getString();
        long port = buffer.getUInt();
        OpenFuture opening = new DefaultOpenFuture(this, this);
        Thread thread =
                Thread.ofVirtual()
                        .name("[" + who.arrival().session() + " " + who.principal() + "]")
                        .unstarted(() -> walk(host, port, opening));
        walker = thread;
        thread.start();
        return opening;
    }

    /** The path of a forward: Authorize, ForwardLimit, Resolve, Forward, Pump, Close. */
    private void walk(String host, long port, OpenFuture opening) {
        try {
            Grant grant = path.authorize().step(who, host, port);
            try (ForwardPlace place = path.limit().step(grant)) {
                Endpoint endpoint = path.resolve().step(grant, this::tell);
                OpenForward connected = path.forward().step(grant, endpoint);
                through(connected, place, host, port, opening);
            }
        } catch (ForwardRefusal e) {
            path.close().refused(who.actor(), host, port, e.refusal());
            refuse(opening, e.reason(), e.refusal());
        } catch (InterruptedException e) {
            if (open == null) {
                Refusal ended = Refusal.of(Code.DRAINING, "the session ended");
                path.close().refused(who.actor(), host, port, ended);
                refuse(opening, SshConstants.SSH_OPEN_CONNECT_FAILED, ended);
            }
        } catch (IOException | RuntimeException e) {
            log.warn("A forward of {} failed: {}", who.arrival().session(), e.toString());
            refuse(
                    opening,
                    SshConstants.SSH_OPEN_CONNECT_FAILED,
                    Refusal.of(Code.SERVICE_NOT_READY, e.toString()));
        }
    }

    /** In the whole session, because this channel is not open yet. */
    private void tell(String news) {
        try {
            getSession().sendDebugMessage(true, StartNews.PREFIX + news, "");
        } catch (IOException e) {
            log.debug("No news for {}: {}", who.arrival().session(), e.toString());
        }
    }

    private void through(
            OpenForward connected, ForwardPlace place, String host, long port, OpenFuture opening)
            throws ForwardRefusal, IOException, InterruptedException {
        Grant grant = connected.grant();
        try (ByteStream service = connected.stream()) {
            path.close().opened(grant, host, port);
            long since = System.nanoTime();
            Pump pump =
                    new Pump(
                            service,
                            fromClient,
                            getLocalWindow(),
                            ChannelWriter.toClient(this),
                            place,
                            path.carried());
            String reason = "the door failed";
            try {
                pumping = pump;
                open = connected;
                confirm(opening);
                reason = carry(pump, connected);
            } finally {
                Duration lasted = Duration.ofNanos(System.nanoTime() - since);
                path.close().closed(grant, pump, lasted, reason);
            }
        }
    }

    /** What it reaches, once it does. */
    Optional<String> target() {
        return Optional.ofNullable(open).map(forward -> forward.grant().target().toString());
    }

    /** What kind of target it reaches, once it does. */
    Optional<ForwardKind> kind() {
        return Optional.ofNullable(open).map(forward -> ForwardKind.of(forward.grant().target()));
    }

    private void confirm(OpenFuture opening) {
        signalChannelOpenSuccess();
        opening.setOpened();
        notifyStateChanged("open");
    }

    private void refuse(OpenFuture opening, int reason, Refusal refusal) {
        if (!opening.isDone()) {
            opening.setException(
                    new SshChannelOpenException(getChannelId(), reason, refusal.message()));
        }
        close(true);
    }

    /** Returns why it is over. Ends when both directions have. */
    private String carry(Pump pump, OpenForward connected) throws InterruptedException {
        Thread up =
                Thread.ofVirtual()
                        .name(Thread.currentThread().getName() + " up")
                        .start(() -> carryUp(pump));
        upCarrier = up;
        String reason = "the service ended it";
        try {
            pump.down();
            sendEof();
            up.join();
            reason = "both sides ended it";
        } catch (IOException e) {
            reason =
                    isClosing() || isEofSignalled()
                            ? "the client ended it"
                            : "the service broke it off";
        } catch (InterruptedException e) {
            reason = "the session ended";
            Thread.interrupted(); // what follows must still be done
        } finally {
            shut(connected);
            fromClient.end();
            fromClient.discard();
            close(false);
            up.interrupt();
            up.join();
        }
        return reason;
    }

    private void carryUp(Pump pump) {
        try {
            pump.up();
        } catch (IOException e) {
            // The service reads no more. Its own EOF or reset ends the other direction.
            fromClient.discard();
        } catch (InterruptedException e) {
            // the other direction has ended it
        }
    }

    private static void shut(OpenForward connected) {
        try {
            connected.stream().close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    protected void doWriteData(byte[] data, int offset, long length) {
        fromClient.put(data, offset, (int) length);
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
        throw new SshException(
                SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "extended data on a forward");
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        fromClient.end();
    }

    /** What the client sent before its CLOSE still reaches the service. */
    @Override
    public void handleClose() throws IOException {
        fromClient.end();
        super.handleClose();
    }

    /** The channel goes away under the walker: the session ended, or the client closed it. */
    @Override
    protected void preClose() {
        fromClient.end();
        OpenForward connected = open;
        Thread thread = walker;
        if (connected != null) {
            Thread.ofVirtual().start(() -> shutOnceDelivered(connected));
        } else if (thread != null) {
            thread.interrupt(); // waits for a workspace; nobody waits for it any more
        }
        super.preClose();
    }

    private void shutOnceDelivered(OpenForward connected) {
        try {
            Thread up = upCarrier;
            Pump pump = pumping;
            long delivered = -1;
            while (up != null
                    && pump != null
                    && delivered != pump.bytesIn()
                    && !getSession().isClosing()) {
                delivered = pump.bytesIn();
                if (up.join(DELIVERY_PATIENCE)) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shut(connected);
        }
    }
}

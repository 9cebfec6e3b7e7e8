package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.channel.LocalWindow;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferUtils;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.apache.sshd.server.session.ServerConnectionService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection protocol (RFC 4254) of one session: opens the two kinds of channels that there are, with a limit, and
 * sends refusals with their reason, which MINA's own service drops.
 */
final class DoorConnection extends ServerConnectionService {
    private static final Logger LOG = LoggerFactory.getLogger(DoorConnection.class);

    /** Of a person's session. */
    static final int MOST_CHANNELS = 64;

    /** Of a gateway's session with an inner door: it carries all sessions of one person, and the gateway counts them. */
    static final int MOST_CHANNELS_OF_A_GATEWAY = 4096;

    private final DoorSession session;
    private final Authenticated who;
    private final ChannelKinds kinds;
    private final RefuseRest refuseRest;
    private final BooleanSupplier draining;
    private final Function<Authenticated, Optional<Refusal>> standing;
    private final HostKeys hostKeys;
    private final int mostChannels;

    DoorConnection(
            DoorSession session,
            ChannelKinds kinds,
            RefuseRest refuseRest,
            BooleanSupplier draining,
            Function<Authenticated, Optional<Refusal>> standing,
            HostKeys hostKeys,
            int mostChannels)
            throws SshException {
        super(session);
        this.mostChannels = mostChannels;
        this.standing = standing;
        this.hostKeys = hostKeys;
        this.session = session;
        this.kinds = kinds;
        this.refuseRest = refuseRest;
        this.draining = draining;
        this.who =
                session.principal()
                        .orElseThrow(() ->
                                new SshException(
                                        SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR,
                                        "No login yet"));
    }

    /** The login is done, and the client knows it. */
    void afterLogin() {
        hostKeys.announce(session);
    }

    @Override
    protected void channelOpen(Buffer buffer) throws Exception {
        String type = buffer.getString();
        long sender = buffer.getUInt();
        long window = buffer.getUInt();
        long packetSize = buffer.getUInt();
        session.used();
        Optional<Refusal> fallen = standing.apply(who);
        if (fallen.isPresent()) {
            refuse(
                    sender,
                    SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
                    "channel " + type,
                    fallen.get());
            session.end(fallen.get());
            return;
        }
        Optional<AbstractServerChannel> kind = kinds.open(type, who);
        if (getChannels().size() >= mostChannels) {
            Refusal refusal = Refusal.of(Code.CHANNEL_LIMIT, mostChannels + " channels are open");
            refuse(sender, SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "channel " + type, refusal);
        } else if (kind.isEmpty() || (type.equals("session") && !isAllowMoreSessions())) {
            Refusal refusal = Refusal.of(Code.CHANNEL_TYPE_REFUSED, "channel " + type);
            refuse(
                    sender,
                    SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
                    "channel " + type,
                    refusal);
        } else if (draining.getAsBoolean()) {
            Refusal refusal = Refusal.of(Code.DRAINING, "channel " + type);
            refuse(sender, SshConstants.SSH_OPEN_CONNECT_FAILED, "channel " + type, refusal);
        } else {
            open(kind.get(), sender, window, packetSize, buffer);
        }
    }

    private void refuse(long sender, int reason, String request, Refusal refusal) {
        refuseRest.note(who, request, refusal);
        refuse(sender, reason, refusal.message());
    }

    private void open(
            AbstractServerChannel channel, long sender, long window, long packetSize, Buffer buffer)
            throws IOException {
        long id = registerChannel(channel);
        channel.addChannelListener(
                new ChannelListener() {
                    @Override
                    public void channelOpenSuccess(Channel opened) {
                        confirm(opened, sender, id);
                    }
                });
        channel.open(sender, window, packetSize, buffer)
                .addListener(opening -> {
                    if (!opening.isOpened()) {
                        unregisterChannel(channel);
                        if (opening.getException() instanceof SshChannelOpenException refused) {
                            refuse(
                                    sender,
                                    refused.getReasonCode(),
                                    String.valueOf(refused.getMessage()));
                        } else {
                            LOG.warn(
                                    "A channel of {} did not open",
                                    session.arrival().session(),
                                    opening.getException());
                            refuse(
                                    sender,
                                    SshConstants.SSH_OPEN_CONNECT_FAILED,
                                    "The channel cannot be opened");
                        }
                    }
                });
    }

    /** Must be out before anything that the channel sends, therefore here and not in a listener of the future. */
    private void confirm(Channel channel, long sender, long id) {
        LocalWindow window = channel.getLocalWindow();
        Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION, 32);
        buffer.putUInt(sender);
        buffer.putUInt(id);
        buffer.putUInt(window.getSize());
        buffer.putUInt(window.getPacketSize());
        send(buffer);
    }

    private void refuse(long sender, int reason, String text) {
        Buffer buffer =
                session.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE, 32 + text.length());
        buffer.putUInt(sender);
        buffer.putUInt(reason);
        buffer.putString(text);
        buffer.putString("");
        send(buffer);
    }

    private void send(Buffer buffer) {
        try {
            session.writePacket(buffer);
        } catch (IOException e) {
            session.exceptionCaught(e);
        }
    }

    /** RFC 4254, section 5.2: a window never grows beyond 2^32-1; a client that makes it is not one of ours. */
    @Override
    public void channelWindowAdjust(Buffer buffer) throws IOException {
        int start = buffer.rpos();
        Channel channel = getChannel(SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST, buffer);
        if (channel == null) {
            return;
        }
        long grown = channel.getRemoteWindow().getSize() + buffer.getUInt();
        if (grown > BufferUtils.MAX_UINT32_VALUE) {
            throw violation("window of more than 2^32-1 bytes");
        }
        buffer.rpos(start);
        super.channelWindowAdjust(buffer);
    }

    @Override
    public void channelData(Buffer buffer) throws IOException {
        int start = buffer.rpos();
        Channel channel = getChannel(SshConstants.SSH_MSG_CHANNEL_DATA, buffer);
        if (channel != null && channel.isEofSignalled()) {
            throw violation("data after EOF");
        }
        if (buffer.available() >= Integer.BYTES) {
            session.traffic().arrived(Math.min(buffer.getUInt(), buffer.available()));
        }
        buffer.rpos(start);
        super.channelData(buffer);
    }

    private static SshException violation(String what) {
        return new SshException(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, what);
    }

    boolean hasChannels() {
        return !getChannels().isEmpty();
    }

    /** How many forwards carry bytes or wait for their workspace, and how many commands run. */
    int forwards() {
        return (int) getChannels().stream().filter(DoorConnection::isBusy).count();
    }

    private static boolean isBusy(Channel channel) {
        return channel instanceof ForwardChannel
                || (channel instanceof MemberChannel member && member.runningCommand().isPresent());
    }

    /** What its open forwards reach, and which kinds of commands run. */
    List<String> targets() {
        return getChannels().stream()
                .flatMap(channel -> target(channel).stream())
                .sorted()
                .toList();
    }

    private static Optional<String> target(Channel channel) {
        return switch (channel) {
            case ForwardChannel forward -> forward.target();
            case MemberChannel member -> member.runningCommand();
            default -> Optional.empty();
        };
    }

    @Override
    protected IoWriteFuture globalRequest(Buffer buffer) throws Exception {
        int start = buffer.rpos();
        String request = buffer.getString();
        refuseRest.noteGlobalRequest(who, request);
        buffer.rpos(start);
        return super.globalRequest(buffer);
    }
}

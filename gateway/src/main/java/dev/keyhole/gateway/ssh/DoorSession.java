package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Arrival;
import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.ban.Ticket;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.future.KeyExchangeFuture;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.kex.KexState;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.jspecify.annotations.Nullable;

/**
 * MINA's server session with the rules that MINA lacks: which message may come when, how many tries a login has, how
 * long a key exchange may take, and how much may wait to be sent.
 *
 * <p>Messages of one connection are handled one after the other; other threads write packets and close.
 */
final class DoorSession extends ServerSessionImpl {
    private static final Duration KEX_PATIENCE = Duration.ofSeconds(30);

    /** A client that asks and does not read its answers would otherwise fill our memory with them. */
    private static final int MOST_UNSENT_PACKETS = 2_048;

    /** RFC 4253, section 6. */
    private static final int LEAST_PADDING = 4;

    private final Arrival arrival;
    private final Ticket ticket;
    private final Timers timers;
    private final MessageRules rules = new MessageRules();
    private final LoginTries tries = new LoginTries();
    private final Pace pace = new Pace();
    private final AtomicInteger unsent = new AtomicInteger();
    // All payload so far, both ways. MINA's own counts start anew with each key exchange.
    private final AtomicLong carried = new AtomicLong();
    private final AtomicInteger kexCount = new AtomicInteger();
    // Calls off the deadline of the last key exchange.
    private final AtomicReference<Runnable> kexDeadline = new AtomicReference<>(() -> {});

    // Set once, after the login is on disk. MINA clears attributes on close, and the end still
    // needs it.
    private volatile @Nullable Authenticated who;

    private volatile @Nullable PrincipalName proven;

    // What ended it, for the audit; the first reason stays.
    private volatile @Nullable Refusal ending;
    private final Traffic traffic = new Traffic();
    private volatile long heardAtNanos = System.nanoTime();
    private volatile long usedAtNanos = System.nanoTime();

    // Only the watch touches these.
    private long heardAtLastLook;
    private int unanswered;

    DoorSession(
            ServerFactoryManager manager,
            IoSession ioSession,
            Arrival arrival,
            Ticket ticket,
            Timers timers)
            throws Exception {
        super(manager, ioSession);
        this.arrival = arrival;
        this.ticket = ticket;
        this.timers = timers;
        addCloseFutureListener(closed -> kexDeadline.get().run());
    }

    static DoorSession of(Session session) {
        return (DoorSession) session;
    }

    Arrival arrival() {
        return arrival;
    }

    /** Its place among those that wait for their login. */
    Ticket ticket() {
        return ticket;
    }

    LoginTries tries() {
        return tries;
    }

    /** Who is behind it; empty until the login is done. */
    Optional<Authenticated> principal() {
        return Optional.ofNullable(who);
    }

    /** Whose signature was verified, whatever came of it. */
    Optional<PrincipalName> proven() {
        return Optional.ofNullable(proven);
    }

    void provenBy(PrincipalName signer) {
        proven = signer;
    }

    void loggedIn(Authenticated who) {
        this.who = who;
    }

    Optional<Refusal> ending() {
        return Optional.ofNullable(ending);
    }

    /** How often in a row nothing at all had come since the look before: what tells a dead peer from a quiet one. */
    int unansweredAfterThisLook() {
        long heard = heardAtNanos;
        unanswered = heard == heardAtLastLook ? unanswered + 1 : 0;
        heardAtLastLook = heard;
        return unanswered;
    }

    /** How long nothing at all has come from the client. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAtNanos);
    }

    /** Notes that it has a channel now, or had one until now. */
    void used() {
        usedAtNanos = System.nanoTime();
    }

    /** How long it has had no channel at all; zero while there is one. A client's listening port is none. */
    Duration unusedFor() {
        DoorConnection connection = getService(DoorConnection.class);
        if (connection == null || connection.hasChannels()) {
            used();
        }
        return Duration.ofNanos(System.nanoTime() - usedAtNanos);
    }

    /** What its channels have carried. */
    Traffic traffic() {
        return traffic;
    }

    /** Runs it then, unless the connection has ended: a timer would hold on to it with all its buffers. */
    void atDeadline(Duration delay, Runnable task) {
        Runnable callOff = timers.after(delay, task);
        addCloseFutureListener(closed -> callOff.run());
    }

    /** Ends the connection with a text that stock ssh prints. Returns at once. */
    void end(Refusal refusal) {
        if (ending == null) {
            ending = refusal;
        }
        try {
            disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, refusal.message());
        } catch (IOException e) {
            close(true);
        }
        // A peer that does not read must not keep the connection open.
        timers.after(Duration.ofMillis(500), () -> close(true));
    }

    @Override
    protected void doHandleMessage(Buffer buffer) throws Exception {
        if (ending != null) {
            return; // whatever was still under way when the connection was ended
        }
        heardAtNanos = System.nanoTime();
        int message = buffer.rawByte(buffer.rpos()) & 0xff;
        pace.pass(message);
        String broken =
                rules.broken(message, isAuthenticated(), carried.addAndGet(buffer.available()));
        if (broken == null
                && message == SshConstants.SSH_MSG_USERAUTH_REQUEST
                && !isAuthenticated()) {
            broken = noteRequest(buffer);
        }
        if (broken == null && message == SshConstants.SSH_MSG_SERVICE_REQUEST) {
            broken = otherThanUserauth(buffer);
        }
        if (broken == null && padding() < LEAST_PADDING) {
            broken = "padding of " + padding() + " bytes";
        }
        if (broken != null) {
            ending = Refusal.of(Code.PROTOCOL_VIOLATION, broken);
            throw new SshException(
                    SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, ending.message() + " " + broken);
        }
        if (message == SshConstants.SSH_MSG_KEXINIT) {
            limitKeyExchange();
        }
        super.doHandleMessage(buffer);
    }

    /** Of the packet whose message is being handled; MINA skips it without a look. */
    private int padding() {
        return decoderBuffer.rawByte(Integer.BYTES) & 0xff;
    }

    private @Nullable String noteRequest(Buffer buffer) {
        int start = buffer.rpos();
        buffer.getUByte();
        try {
            return tries.request(buffer.getString(), buffer.getString(), buffer.getString())
                    .orElse(null);
        } finally {
            buffer.rpos(start);
        }
    }

    private static @Nullable String otherThanUserauth(Buffer buffer) {
        int start = buffer.rpos();
        buffer.getUByte();
        try {
            return buffer.getString().equals("ssh-userauth")
                    ? null
                    : "service request before the login";
        } finally {
            buffer.rpos(start);
        }
    }

    @Override
    protected KeyExchangeFuture requestNewKeysExchange() throws Exception {
        limitKeyExchange();
        return super.requestNewKeysExchange();
    }

    /** Whoever began it: a key exchange that is not over in time takes the connection with it. */
    private void limitKeyExchange() {
        int number = kexCount.incrementAndGet();
        Runnable callOff = timers.after(KEX_PATIENCE, () -> endUnfinished(number));
        kexDeadline.getAndSet(callOff).run();
    }

    private void endUnfinished(int number) {
        if (kexCount.get() == number && getKexState() != KexState.DONE && !isClosing()) {
            ending = Refusal.of(Code.KEX_TIMEOUT, "key exchange " + number);
            close(true);
        }
    }

    @Override
    public IoWriteFuture writePacket(Buffer buffer) throws IOException {
        if (isFailure(buffer) && tries.failedOnceTooOften()) {
            ending =
                    Refusal.of(
                            Code.TOO_MANY_TRIES,
                            tries.failures() + " tries, last: " + tries.lastReason());
            throw new SshException(
                    SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE, ending.message());
        }
        carried.addAndGet(buffer.available());
        if (unsent.incrementAndGet() > MOST_UNSENT_PACKETS && ending == null) {
            ending =
                    Refusal.of(
                            Code.SESSION_TOO_BUSY,
                            MOST_UNSENT_PACKETS + " packets wait to be sent");
            timers.after(Duration.ZERO, () -> close(true));
        }
        return super.writePacket(buffer).addListener(written -> unsent.decrementAndGet());
    }

    /** MINA starts the connection service before the success is on its way, so nothing may be sent from there. */
    @Override
    public IoWriteFuture signalAuthenticationSuccess(String login, String service, Buffer buffer)
            throws Exception {
        IoWriteFuture written = super.signalAuthenticationSuccess(login, service, buffer);
        DoorConnection connection = getService(DoorConnection.class);
        if (connection != null) {
            connection.afterLogin();
        }
        return written;
    }

    private boolean isFailure(Buffer buffer) {
        return !isAuthenticated()
                && (buffer.rawByte(buffer.rpos()) & 0xff) == SshConstants.SSH_MSG_USERAUTH_FAILURE;
    }
}

package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Arrival;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.ban.Entrance;
import dev.keyhole.gateway.ban.FailureLog;
import dev.keyhole.gateway.ban.Guard;
import dev.keyhole.gateway.ban.Ticket;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.SessionIds;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.wire.Code;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First step: a TCP connection becomes an {@link Arrival}, if the {@link Guard} lets it, with a deadline for its login
 * that counts from the accept and that nothing resets.
 *
 * <p>Thread-safe. It must not throw: MINA would stop accepting.
 */
final class Admit extends SessionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Admit.class);

    static final Duration LOGIN_GRACE = Duration.ofSeconds(30);

    /** What our file descriptors allow, also of sources that the guard does not count. */
    private static final int MOST_WITHOUT_LOGIN = 4_000;

    private final Guard guard;
    private final Offences offences;
    private final TurnAway turnAway;
    private final AuditLog audit;
    private final FailureLog failures;
    private final Timers timers;
    private final Clock clock;
    private final SessionIds ids;
    private final Map<Ticket, DoorSession> withoutLogin = new ConcurrentHashMap<>();

    Admit(
            ServerFactoryManager server,
            Guard guard,
            Offences offences,
            TurnAway turnAway,
            AuditLog audit,
            FailureLog failures,
            Timers timers,
            Clock clock) {
        super(server);
        this.guard = guard;
        this.offences = offences;
        this.turnAway = turnAway;
        this.audit = audit;
        this.failures = failures;
        this.timers = timers;
        this.clock = clock;
        this.ids = new SessionIds(clock.instant());
    }

    @Override
    public void sessionCreated(IoSession ioSession) throws Exception {
        SourceGroup source = SourceGroup.of(source(ioSession));
        switch (guard.arrive(source, System.nanoTime())) {
            case Entrance.Admitted(var ticket, var instead) -> {
                instead.ifPresent(this::makeRoom);
                ioSession.setAttribute(Ticket.class, ticket);
                try {
                    super.sessionCreated(ioSession);
                } finally {
                    if (!withoutLogin.containsKey(ticket)) {
                        guard.leave(ticket); // it did not come to a session
                    }
                }
            }
            case Entrance.Refused(var why) -> {
                failures.failed(
                        clock.instant(), source(ioSession), Optional.empty(), why.code(), "", "");
                turnAway.tell(ioSession, why);
            }
            case Entrance.Dropped dropped -> ioSession.close(true);
        }
    }

    @Override
    public void messageReceived(IoSession ioSession, Readable message) throws Exception {
        if (!turnAway.ignores(ioSession, message.available())) {
            super.messageReceived(ioSession, message);
        }
    }

    @Override
    public void sessionClosed(IoSession ioSession) throws Exception {
        if (AbstractSession.getSession(ioSession, true) != null) {
            super.sessionClosed(ioSession);
        }
    }

    private static Source source(IoSession ioSession) {
        return Source.of((InetSocketAddress) Objects.requireNonNull(ioSession.getRemoteAddress()));
    }

    @Override
    protected ServerSessionImpl doCreateSession(IoSession ioSession) throws Exception {
        long now = System.nanoTime();
        SessionId id = ids.next();
        Source source = source(ioSession);
        Ticket ticket = (Ticket) Objects.requireNonNull(ioSession.getAttribute(Ticket.class));
        DoorSession session =
                new DoorSession(
                        getServer(), ioSession, new Arrival(id, source, now), ticket, timers);
        withoutLogin.put(ticket, session);
        session.addCloseFutureListener(closed -> Thread.ofVirtual().start(() -> leave(session)));
        if (withoutLogin.size() > MOST_WITHOUT_LOGIN) {
            LOG.warn(
                    "{} connections wait for a login; dropping one from {}",
                    withoutLogin.size(),
                    source);
            ioSession.close(true);
        } else {
            session.atDeadline(LOGIN_GRACE, () -> enforceDeadline(session));
        }
        return session;
    }

    /** Somebody else's connection is worth more to us now. */
    private void makeRoom(Ticket victim) {
        DoorSession session = withoutLogin.get(victim);
        if (session != null) {
            Thread.ofVirtual()
                    .start(() ->
                            session.end(Refusal.of(Code.DOOR_BUSY, "another one took its place")));
        }
    }

    /** The login is done; the connection no longer counts among those that wait for it. */
    void loggedIn(DoorSession session) {
        noLongerWaits(session);
        guard.succeeded(session.ticket().source());
    }

    private void noLongerWaits(DoorSession session) {
        withoutLogin.remove(session.ticket());
        guard.leave(session.ticket());
    }

    private void enforceDeadline(DoorSession session) {
        if (session.principal().isEmpty() && !session.isClosing()) {
            session.end(
                    Refusal.of(
                            Code.LOGIN_TIMEOUT,
                            LOGIN_GRACE.toSeconds() + " s after the connection"));
        }
    }

    private void leave(DoorSession session) {
        if (session.principal().isPresent()) {
            return; // its end is audited where its start was
        }
        noLongerWaits(session);
        long now = System.nanoTime();
        offences.of(session, now)
                .ifPresent(offence -> guard.failed(session.ticket().source(), offence, now));
        LoginTries tries = session.tries();
        boolean tried = tries.failures() > 0;
        if (tried || session.ending().isPresent()) {
            Code code = session.ending().map(Refusal::code).orElse(Code.AUTH_FAILED);
            String detail = session.ending().map(Refusal::detail).orElse(tries.lastReason());
            Source source = session.arrival().source();
            String client = Objects.requireNonNullElse(session.getClientVersion(), "");
            failures.failed(
                    clock.instant(),
                    source,
                    Optional.of(session.arrival().session()),
                    code,
                    tries.login(),
                    client);
            audit.record(
                    new AuditEvent.LoginRefused(
                            session.arrival().session(),
                            source,
                            tries.login(),
                            code,
                            detail,
                            client,
                            session.proven()));
        }
    }
}

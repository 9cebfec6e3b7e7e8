package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Arrival;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.ban.FailureLog;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First step: a TCP connection becomes an {@link Arrival}, with a deadline for its login that counts from the accept
 * and that nothing resets.
 *
 * <p>Thread-safe. It must not throw: MINA would stop accepting.
 */
final class Admit extends SessionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Admit.class);

    static final Duration LOGIN_GRACE = Duration.ofSeconds(30);

    /** Far above what people need, below what our file descriptors allow; fairness among sources is the guard's. */
    private static final int MOST_WITHOUT_LOGIN = 4_000;

    private final AuditLog audit;
    private final FailureLog failures;
    private final Timers timers;
    private final Clock clock;
    private final AtomicLong nextSession = new AtomicLong();
    private final AtomicInteger withoutLogin = new AtomicInteger();

    Admit(
            ServerFactoryManager server,
            AuditLog audit,
            FailureLog failures,
            Timers timers,
            Clock clock) {
        super(server);
        this.audit = audit;
        this.failures = failures;
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    protected ServerSessionImpl doCreateSession(IoSession ioSession) throws Exception {
        long now = System.nanoTime();
        SessionId id = new SessionId(String.format("c-%04x", nextSession.incrementAndGet()));
        Source source =
                Source.of((InetSocketAddress) Objects.requireNonNull(ioSession.getRemoteAddress()));
        DoorSession session =
                new DoorSession(getServer(), ioSession, new Arrival(id, source, now), timers);
        int waiting = withoutLogin.incrementAndGet();
        session.addCloseFutureListener(closed -> Thread.ofVirtual().start(() -> leave(session)));
        if (waiting > MOST_WITHOUT_LOGIN) {
            LOG.warn("{} connections wait for a login; dropping one from {}", waiting, source);
            ioSession.close(true);
        } else {
            session.atDeadline(LOGIN_GRACE, () -> enforceDeadline(session));
        }
        return session;
    }

    /** The login is done; the connection no longer counts among those that wait for it. */
    void loggedIn() {
        withoutLogin.decrementAndGet();
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
        withoutLogin.decrementAndGet();
        LoginTries tries = session.tries();
        boolean tried = tries.failures() > 0;
        if (tried || session.ending().isPresent()) {
            Code code = session.ending().map(Refusal::code).orElse(Code.AUTH_FAILED);
            String detail = session.ending().map(Refusal::detail).orElse(tries.lastReason());
            Source source = session.arrival().source();
            String client = Objects.requireNonNullElse(session.getClientVersion(), "");
            failures.failed(clock.instant(), source, code, tries.login(), client);
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

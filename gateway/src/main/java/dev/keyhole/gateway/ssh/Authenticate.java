package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.access.Candidate;
import dev.keyhole.gateway.access.KeyAnswer;
import dev.keyhole.gateway.access.KeyRing;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.pubkey.AuthorizedKeyEntriesPublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.session.ServerSession;

/**
 * Second step: a public key that the key ring knows, and a signature that MINA verified, make a connection {@link
 * Authenticated}. The login is on disk before the client learns of it.
 *
 * <p>One object for each try. The key ring is asked with the raw blob, so an unknown key is never parsed, and an unknown
 * authority's certificate costs no verification. What the key ring found right about a certificate MINA checks once more
 * ({@code verifyCertificateSignature}, {@code verifyCriticalOptions}), before it verifies the holder's signature.
 */
final class Authenticate extends UserAuthPublicKey {
    private static final AttributeKey<Candidate> CANDIDATE = new AttributeKey<>();

    private final KeyRing keys;
    private final AuditLog audit;
    private final Clock clock;
    private final Admit admit;
    private final SessionLimit limit;
    private final Workspaces workspaces;

    private Authenticate(
            KeyRing keys,
            AuditLog audit,
            Clock clock,
            Admit admit,
            SessionLimit limit,
            Workspaces workspaces) {
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
        this.admit = admit;
        this.limit = limit;
        this.workspaces = workspaces;
    }

    /** The only method that the door offers. */
    static UserAuthFactory factory(
            KeyRing keys,
            AuditLog audit,
            Clock clock,
            Admit admit,
            SessionLimit limit,
            Workspaces workspaces) {
        return new UserAuthFactory() {
            @Override
            public String getName() {
                return "publickey";
            }

            @Override
            public UserAuth createUserAuth(ServerSession session) {
                return new Authenticate(keys, audit, clock, admit, limit, workspaces);
            }
        };
    }

    /** MINA asks again for the key that it parsed; the answer was given for the blob already. */
    static boolean isCandidate(String login, PublicKey key, ServerSession session) {
        return session.getAttribute(CANDIDATE) != null;
    }

    @Override
    public Boolean doAuth(Buffer buffer, boolean init) throws Exception {
        DoorSession session = DoorSession.of(getServerSession());
        int start = buffer.rpos();
        boolean signed = buffer.getBoolean();
        String algorithm = buffer.getString();
        byte[] blob = buffer.getBytes();
        buffer.rpos(start);
        return switch (keys.offer(session.arrival(), getUsername(), blob)) {
            case KeyAnswer.Unknown unknown -> {
                session.tries().because(unknown.why());
                yield Boolean.FALSE;
            }
            case Candidate candidate when !candidate.fits(algorithm) -> {
                session.tries().because("algorithm " + algorithm);
                yield Boolean.FALSE;
            }
            case Candidate candidate -> verify(session, candidate, buffer, signed);
        };
    }

    private Boolean verify(DoorSession session, Candidate candidate, Buffer buffer, boolean signed)
            throws Exception {
        session.tries().because("bad signature with the key of " + candidate.principal());
        session.setAttribute(CANDIDATE, candidate);
        keepSecurityKeyFlags(session, candidate.key());
        try {
            Boolean verified = super.doAuth(buffer, true);
            return signed && Boolean.TRUE.equals(verified) ? letIn(session, candidate) : verified;
        } finally {
            session.removeAttribute(CANDIDATE);
        }
    }

    /** The key ring has compared it already, for the same bytes; MINA's reader refuses an address without {@code /32}. */
    @Override
    protected void verifyCertificateSources(ServerSession session, OpenSshCertificate cert) {}

    /** MINA reads touch-required and verify-required of sk- keys from this attribute. */
    private static void keepSecurityKeyFlags(DoorSession session, AuthorizedKey key) {
        String type = key.type().sshName();
        if (!type.startsWith("sk-")) {
            return;
        }
        List<String> options = new ArrayList<>();
        if (key.requiresVerification()) {
            options.add("verify-required");
        }
        if (!key.requiresTouch()) {
            options.add("no-touch-required");
        }
        String line =
                (options.isEmpty() ? "" : String.join(",", options) + " ")
                        + type
                        + " "
                        + Base64.getEncoder().encodeToString(key.blob());
        session.setAttribute(
                AuthorizedKeyEntriesPublickeyAuthenticator.AUTHORIZED_KEY,
                Objects.requireNonNull(AuthorizedKeyEntry.parseAuthorizedKeyEntry(line)));
    }

    /** Null means that the connection was ended instead, with a reason that only the key's owner can read. */
    private Boolean letIn(DoorSession session, Candidate candidate) throws InterruptedException {
        session.provenBy(candidate.principal());
        Optional<Refusal> refusal = candidate.refusalOnceProven(clock.instant());
        if (refusal.isPresent()) {
            return end(session, refusal.get());
        }
        Optional<Refusal> full = limit.enter(session, candidate.principal());
        if (full.isPresent()) {
            return end(session, full.get());
        }
        session.addCloseFutureListener(closed -> limit.leave(session, candidate.principal()));
        Authenticated who = candidate.proven(System.nanoTime());
        try {
            audit.write(
                    new AuditEvent.Login(
                            who.actor(),
                            who.login(),
                            Objects.requireNonNullElse(session.getClientVersion(), "")));
        } catch (AuditUnavailable e) {
            return end(session, Refusal.of(Code.AUDIT_UNAVAILABLE, e.getMessage()));
        }
        session.loggedIn(who);
        admit.loggedIn(session);
        workspaces.of(who.principal()).used();
        session.addCloseFutureListener(
                closed -> Thread.ofVirtual().start(() -> ended(session, who)));
        return Boolean.TRUE;
    }

    @SuppressWarnings("NullAway") // MINA's third answer besides yes and no: nothing is sent
    private static Boolean end(DoorSession session, Refusal refusal) {
        session.end(refusal);
        return null;
    }

    private void ended(DoorSession session, Authenticated who) {
        String reason = session.ending().map(Refusal::message).orElse("closed");
        Duration lasted = Duration.ofNanos(System.nanoTime() - who.sinceNanos());
        audit.record(new AuditEvent.SessionEnded(who.actor(), lasted, reason));
    }
}

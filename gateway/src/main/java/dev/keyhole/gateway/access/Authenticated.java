package dev.keyhole.gateway.access;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import java.time.Instant;
import java.util.Optional;

/** A connection whose principal is proven by a signature. Only {@link Candidate#proven} makes one. Immutable. */
public final class Authenticated {
    private final Arrival arrival;
    private final PrincipalName principal;
    private final AuthorizedKey key;
    private final String login;
    private final long sinceNanos;

    Authenticated(
            Arrival arrival,
            PrincipalName principal,
            AuthorizedKey key,
            String login,
            long sinceNanos) {
        this.arrival = arrival;
        this.principal = principal;
        this.key = key;
        this.login = login;
        this.sinceNanos = sinceNanos;
    }

    public Arrival arrival() {
        return arrival;
    }

    public PrincipalName principal() {
        return principal;
    }

    /** The fingerprint of the key that signed. */
    public Fingerprint fingerprint() {
        return key.fingerprint();
    }

    /** How the audit names who is behind this session. */
    public AuditEvent.Actor actor() {
        return new AuditEvent.Actor(
                arrival.session(), arrival.source(), principal, key.fingerprint());
    }

    /** When the key stops being accepted, if it does. */
    public Optional<Instant> keyExpiry() {
        return key.expiry();
    }

    /** The login name as the client typed it; for the audit only, it decides nothing. */
    public String login() {
        return login;
    }

    /** {@link System#nanoTime()} at the login: a workspace that was stopped later does not start for this session. */
    public long sinceNanos() {
        return sinceNanos;
    }
}

package dev.keyhole.gateway.access;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import java.util.Optional;

/** A connection whose principal is proven by a signature. Only {@link Candidate#proven} makes one. Immutable. */
public final class Authenticated {
    private final Arrival arrival;
    private final PrincipalName principal;
    private final Credential credential;
    private final String login;
    private final long sinceNanos;

    Authenticated(
            Arrival arrival,
            PrincipalName principal,
            Credential credential,
            String login,
            long sinceNanos) {
        this.arrival = arrival;
        this.principal = principal;
        this.credential = credential;
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
        return credential.key().fingerprint();
    }

    /** How the audit names who is behind this session. */
    public AuditEvent.Actor actor() {
        return new AuditEvent.Actor(arrival.session(), arrival.source(), principal, fingerprint());
    }

    Credential credential() {
        return credential;
    }

    /** The certificate behind the login, as people know it; empty for a plain key. */
    public Optional<String> certificate() {
        return credential
                .certified()
                .map(one ->
                        "serial "
                                + one.certificate().serial()
                                + ", key id "
                                + one.key().comment()
                                + ", of "
                                + one.authority());
    }

    /** Whether the key or certificate may open forwards; which ones, the judge decides. */
    public boolean permitsForwarding() {
        return credential.permitsForwarding();
    }

    /** Whether the key or certificate may have a terminal for a shell. */
    public boolean permitsPty() {
        return credential.permitsPty();
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

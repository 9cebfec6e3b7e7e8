package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that is enrolled and may be used from where it came, but whose owner has not signed yet. It grants nothing. Only
 * {@link KeyRing#offer} makes one. Immutable.
 */
public final class Candidate implements KeyAnswer {
    private final Arrival arrival;
    private final PrincipalName principal;
    private final AuthorizedKey key;
    private final String login;

    Candidate(Arrival arrival, PrincipalName principal, AuthorizedKey key, String login) {
        this.arrival = arrival;
        this.principal = principal;
        this.key = key;
        this.login = login;
    }

    public AuthorizedKey key() {
        return key;
    }

    public PrincipalName principal() {
        return principal;
    }

    /**
     * The reason why the key's owner is told no after signing: only the owner learns it, because an unsigned offer gets
     * the same answer as any key.
     */
    public Optional<Refusal> refusalOnceProven(Instant now) {
        return key.expiry()
                .filter(expiry -> !now.isBefore(expiry))
                .map(expiry -> Refusal.of(Code.KEY_EXPIRED, "expiry-time " + expiry));
    }

    /** Call it when the signature is verified, and only then. */
    public Authenticated proven(long nowNanos) {
        return new Authenticated(arrival, principal, key, login, nowNanos);
    }
}

package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that is enrolled and may be used from where it came, but whose owner has not signed yet. It grants nothing. Only
 * {@link KeyRing#offer} makes one. Immutable.
 */
public final class Candidate implements KeyAnswer {
    private final Arrival arrival;
    private final PrincipalName principal;
    private final Credential credential;
    private final String login;
    private final KeyRing ring;

    Candidate(
            Arrival arrival,
            PrincipalName principal,
            Credential credential,
            String login,
            KeyRing ring) {
        this.arrival = arrival;
        this.principal = principal;
        this.credential = credential;
        this.login = login;
        this.ring = ring;
    }

    /** The key that must sign. */
    public AuthorizedKey key() {
        return credential.key();
    }

    /**
     * Whether the client may sign with that: RSA with SHA-2 only (RFC 8332), every other type with the one algorithm of
     * its own name; a certificate's algorithms have names of their own (PROTOCOL.certkeys of OpenSSH).
     */
    public boolean fits(String algorithm) {
        String suffix = credential.certified().isPresent() ? "-cert-v01@openssh.com" : "";
        String type = key().type().sshName();
        return key().type() == KeyType.RSA
                ? algorithm.equals("rsa-sha2-512" + suffix)
                        || algorithm.equals("rsa-sha2-256" + suffix)
                : algorithm.equals(type + suffix);
    }

    public PrincipalName principal() {
        return principal;
    }

    /**
     * The reason why the key's owner is told no after signing: only the owner learns it, because an unsigned offer gets
     * the same answer as any key.
     */
    public Optional<Refusal> refusalOnceProven(Instant now) {
        return ring.refusal(principal, credential, arrival, now);
    }

    /** Call it when the signature is verified, and only then. */
    public Authenticated proven(long nowNanos) {
        return new Authenticated(arrival, principal, credential, login, nowNanos);
    }
}

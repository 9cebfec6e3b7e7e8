package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which key is whose. A key is found by its whole blob, so an attacker's key is never parsed, let alone computed with.
 *
 * <p>Thread-safe.
 */
public final class KeyRing {
    /** The login name that every principal may use, because the key alone names the principal. */
    public static final String SHARED_LOGIN = "keyhole";

    private final Supplier<Roster> roster;
    private final int rsaMin;

    /**
     * @param roster what stands now; asked at every offer
     * @param rsaMin the fewest bits of an RSA key that a certificate certifies
     */
    public KeyRing(Supplier<Roster> roster, int rsaMin) {
        this.roster = roster;
        this.rsaMin = rsaMin;
    }

    /**
     * Answers an offered public key, signed or not.
     *
     * @param login as the client sent it; with several principals it must be the principal's name or {@link
     *     #SHARED_LOGIN}
     * @param blob the key in the wire format of RFC 4253, section 6.6
     */
    public KeyAnswer offer(Arrival arrival, String login, byte[] blob) {
        Roster now = roster.get();
        Optional<EnrolledKey> found = now.key(Fingerprint.of(blob));
        if (found.isEmpty()) {
            return CertificateBlob.kind(blob)
                    .map(type -> certificate(now, arrival, login, type, blob))
                    .orElseGet(() -> new KeyAnswer.Unknown("key not enrolled"));
        }
        EnrolledKey enrolled = found.get();
        if (!now.anyLogin()
                && !login.equals(SHARED_LOGIN)
                && !login.equals(enrolled.owner().value())) {
            return new KeyAnswer.Unknown(
                    "key of " + enrolled.owner() + " under another login name");
        }
        if (!enrolled.key().permits(arrival.source().address())) {
            return new KeyAnswer.Unknown("key of " + enrolled.owner() + " outside its from=");
        }
        return new Candidate(
                arrival, enrolled.owner(), new Credential.Enrolled(enrolled.key()), login, this);
    }

    /** Whether anybody could log in with that login name; for counting only, never for an answer. */
    public boolean isLogin(String login) {
        Roster now = roster.get();
        return now.anyLogin()
                || login.equals(SHARED_LOGIN)
                || now.principals().stream()
                        .anyMatch(principal -> principal.name().value().equals(login));
    }

    private KeyAnswer certificate(
            Roster now, Arrival arrival, String login, KeyType type, byte[] blob) {
        try {
            CertificateRing.Named named =
                    CertificateRing.read(now, arrival, login, type, blob, rsaMin);
            return new Candidate(arrival, named.principal(), named.credential(), login, this);
        } catch (LineRefused e) {
            return new KeyAnswer.Unknown(e.reason());
        }
    }

    /**
     * Why a session may not go on, by what an operator decided since its login or because its time is over.
     *
     * @return a code for the person: locked, removed, expired or revoked; empty while all is well
     */
    public Optional<Refusal> standing(Authenticated who, Instant now) {
        return refusal(who.principal(), who.credential(), who.arrival(), now);
    }

    /** Whether commands may run at all: not with a key for certain services only, because a shell reaches all of them. */
    public boolean permitsCommands(Authenticated who) {
        return who.credential().certified().isPresent()
                || roster.get()
                        .key(who.fingerprint())
                        .filter(key -> key.services().isEmpty())
                        .isPresent();
    }

    Optional<Refusal> refusal(
            PrincipalName principal, Credential credential, Arrival arrival, Instant now) {
        return Standing.refusal(roster.get(), principal, credential, arrival, now);
    }
}

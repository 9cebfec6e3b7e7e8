package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.time.Instant;
import java.util.Optional;

/**
 * Why somebody with a verified signature may nevertheless not be here now: the one rule for the end of a login, for each
 * channel, and for sessions that go on while an operator changes his mind. Keeps no state.
 */
final class Standing {
    private static final int LONGEST_REASON = 500;

    private Standing() {}

    static Optional<Refusal> refusal(
            Roster roster,
            PrincipalName name,
            Credential credential,
            Arrival arrival,
            Instant now) {
        Optional<Principal> known = roster.principal(name);
        if (known.isEmpty()) {
            return no(Code.PRINCIPAL_REMOVED, name + " is not a principal any more");
        }
        Principal principal = known.get();
        if (principal.lock().isPresent()) {
            return Optional.of(locked(name, principal.lock().get()));
        }
        if (principal.expiry().filter(expiry -> !now.isBefore(expiry)).isPresent()) {
            return no(Code.PRINCIPAL_EXPIRED, name + " expired " + principal.expiry().get());
        }
        return switch (credential) {
            case Credential.Enrolled enrolled -> enrolled(roster, name, enrolled, arrival, now);
            case Credential.Certified certified -> certified(roster, certified, now);
        };
    }

    private static Refusal locked(PrincipalName name, Lock lock) {
        String reason = lock.reason().strip().replaceAll("\\p{C}", "?");
        String shown =
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        return new Refusal(
                Code.PRINCIPAL_LOCKED,
                Code.PRINCIPAL_LOCKED.meaning()
                        + (shown.isEmpty() ? "" : " Reason: " + shown + ".")
                        + " "
                        + Code.PRINCIPAL_LOCKED.nextMove(),
                name + " is locked since " + lock.since());
    }

    private static Optional<Refusal> enrolled(
            Roster roster,
            PrincipalName name,
            Credential.Enrolled credential,
            Arrival arrival,
            Instant now) {
        Optional<EnrolledKey> current =
                roster.key(credential.key().fingerprint()).filter(key -> key.owner().equals(name));
        if (current.isEmpty()) {
            return no(Code.KEY_REMOVED, "the key is not " + name + "'s any more");
        }
        AuthorizedKey key = current.get().key();
        if (key.expiry().filter(expiry -> !now.isBefore(expiry)).isPresent()) {
            return no(Code.KEY_EXPIRED, "expiry-time " + key.expiry().get());
        }
        if (!key.permits(arrival.source().address())) {
            return no(Code.SOURCE_REFUSED, "outside the from= of the key");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> certified(
            Roster roster, Credential.Certified credential, Instant now) {
        UserCertificate certificate = credential.certificate();
        String which = "certificate " + certificate.serial() + " of " + credential.authority();
        Optional<Authority> authority = roster.authority(certificate.authority());
        if (authority.isEmpty()) {
            return no(Code.AUTHORITY_REMOVED, which);
        }
        if (roster.revoked().stream().anyMatch(one -> one.names(authority.get(), certificate))) {
            return no(Code.CERTIFICATE_REVOKED, which);
        }
        if (!certificate.hasBegun(now)) {
            return no(Code.CERTIFICATE_EXPIRED, which + " is not valid yet");
        }
        return certificate.hasEnded(now) ? no(Code.CERTIFICATE_EXPIRED, which) : Optional.empty();
    }

    private static Optional<Refusal> no(Code code, String detail) {
        return Optional.of(Refusal.of(code, detail));
    }
}

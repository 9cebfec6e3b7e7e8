package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Shown;
import java.util.List;
import java.util.Optional;

/**
 * Whose certificate an offered one is, as {@link KeyRing} does for plain keys: its authority first, because whatever a
 * stranger signed means nothing. The signatures themselves are verified later, where the library is. Keeps no state.
 */
final class CertificateRing {
    /** The answer, with what it rests on. */
    record Named(PrincipalName principal, Credential.Certified credential) {}

    private CertificateRing() {}

    /** @throws LineRefused with the reason for the log and the audit; the client learns none */
    static Named read(
            Roster roster, Arrival arrival, String login, KeyType type, byte[] blob, int rsaMin)
            throws LineRefused {
        UserCertificate certificate = CertificateBlob.read(type, blob);
        Authority authority =
                roster.authority(certificate.authority())
                        .orElseThrow(() -> refused("certificate of an unknown authority"));
        String which = "certificate " + certificate.serial() + " of " + authority.name();
        if (!certificate.isSignedProperly(authority.key().type())) {
            throw refused(
                    which + " is signed with " + Shown.text(certificate.signatureAlgorithm()));
        }
        if (certificate
                .source()
                .filter(source -> !source.permits(arrival.source().address()))
                .isPresent()) {
            throw refused(which + " outside its source-address");
        }
        PrincipalName principal =
                principal(roster, login, certificate.principals())
                        .orElseThrow(() -> refused(which + " for another login name"));
        KeyBlob.check(type, certificate.key(), rsaMin);
        AuthorizedKey key =
                new AuthorizedKey(
                        type, certificate.key(), Shown.text(certificate.keyId()), LineOptions.NONE);
        return new Named(principal, new Credential.Certified(key, certificate, authority.name()));
    }

    /**
     * The login name where the certificate names it; for a login name that anybody may use, the only one that it names.
     * Names are compared as they stand: {@code alice,bob} is one name, and nobody's (CVE-2026-35414).
     */
    private static Optional<PrincipalName> principal(
            Roster roster, String login, List<String> named) {
        List<PrincipalName> existing =
                roster.principals().stream()
                        .map(Principal::name)
                        .filter(name -> named.contains(name.value()))
                        .toList();
        Optional<PrincipalName> exactly =
                existing.stream().filter(name -> name.value().equals(login)).findFirst();
        if (exactly.isPresent()) {
            return exactly;
        }
        boolean anybodys = roster.anyLogin() || login.equals(KeyRing.SHARED_LOGIN);
        return anybodys && existing.size() == 1
                ? Optional.of(existing.getFirst())
                : Optional.empty();
    }

    private static LineRefused refused(String why) {
        return new LineRefused(why, "");
    }
}

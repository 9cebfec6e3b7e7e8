package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an OpenSSH user certificate says. Nothing of it is believed until its authority's signature is verified, and its
 * holder's too. Immutable.
 *
 * @param type of the certified key
 * @param key the certified key in the wire format of RFC 4253, section 6.6, without anything of the certificate
 * @param serial an unsigned number; 0 where the authority gave none
 * @param keyId the authority's name for it; untrusted text
 * @param principals for whom it was made
 * @param validAfter seconds since 1970, an unsigned number
 * @param validBefore seconds since 1970, an unsigned number
 * @param source where it may be used; absent means anywhere
 * @param permitsForwarding whether it carries {@code permit-port-forwarding}
 * @param permitsPty whether it carries {@code permit-pty}
 * @param authority the fingerprint of the key that signed it
 * @param signatureAlgorithm what it was signed with
 */
record UserCertificate(
        KeyType type,
        byte[] key,
        String serial,
        String keyId,
        List<String> principals,
        long validAfter,
        long validBefore,
        Optional<CertificateSource> source,
        boolean permitsForwarding,
        boolean permitsPty,
        Fingerprint authority,
        String signatureAlgorithm) {
    private static final Set<String> RSA_SIGNATURES = Set.of("rsa-sha2-256", "rsa-sha2-512");

    /** Whether the authority of that kind signed with something that it may sign with: never SHA-1 (RFC 8332). */
    boolean isSignedProperly(KeyType authorityType) {
        return authorityType == KeyType.RSA
                ? RSA_SIGNATURES.contains(signatureAlgorithm)
                : signatureAlgorithm.equals(authorityType.sshName());
    }

    boolean hasBegun(Instant now) {
        return Long.compareUnsigned(now.getEpochSecond(), validAfter) >= 0;
    }

    boolean hasEnded(Instant now) {
        return Long.compareUnsigned(now.getEpochSecond(), validBefore) >= 0;
    }
}

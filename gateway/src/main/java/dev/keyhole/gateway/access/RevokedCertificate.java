package dev.keyhole.gateway.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A certificate that is refused although its authority is accepted.
 *
 * @param authority the authority's name
 * @param serial the certificate's serial as an unsigned number
 * @param keyId the certificate's key id; one of the two is present
 * @param reason the operator's words
 */
public record RevokedCertificate(
        String authority,
        Optional<String> serial,
        Optional<String> keyId,
        String reason,
        Instant since) {
    public RevokedCertificate {
        if (serial.isPresent() == keyId.isPresent()) {
            throw new IllegalArgumentException("A certificate is named by serial or by key id");
        }
    }

    /** Whether it is that certificate. */
    boolean names(Authority signer, UserCertificate certificate) {
        return authority.equals(signer.name())
                && (serial.filter(certificate.serial()::equals).isPresent()
                        || keyId.filter(certificate.keyId()::equals).isPresent());
    }
}

package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import java.time.Instant;

/**
 * A certificate authority whose user certificates are accepted (PROTOCOL.certkeys of OpenSSH).
 *
 * @param name the operator's name for it, with a principal's grammar
 * @param key its public key
 * @param line as in a {@code .pub} file
 */
public record Authority(String name, AuthorizedKey key, String line, Instant added) {
    public Fingerprint fingerprint() {
        return key.fingerprint();
    }
}

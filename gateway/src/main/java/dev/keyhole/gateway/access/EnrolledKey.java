package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key that names a principal. Immutable.
 *
 * @param key with its from= and expiry-time=
 * @param line as in {@code authorized_keys}: what the store keeps and {@link AuthorizedKeysLine} reads again
 * @param services the only services that a session with this key may reach; absent means all of the principal's
 */
public record EnrolledKey(
        PrincipalName owner,
        AuthorizedKey key,
        String line,
        Optional<Set<ServiceName>> services,
        Origin origin,
        Instant added) {
    public EnrolledKey {
        services = services.map(Set::copyOf);
    }
}

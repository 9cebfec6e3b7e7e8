package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An SSH host that an operator made somebody's workspace. Immutable.
 *
 * @param place where it listens, as the operator wrote it
 * @param user the login name there
 * @param hostKey the only host key that it may prove: {@code ssh-ed25519 AAAA…}
 * @param services the port of each service on the host's own loopback
 */
public record AttachedHost(
        PrincipalName owner,
        SshHost.Place.Tcp place,
        String user,
        String hostKey,
        SortedMap<ServiceName, Integer> services,
        Instant since) {
    public AttachedHost {
        services = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(services));
    }

    /** @param identity the private key that logs in there */
    public SshHost host(Path identity) {
        return new SshHost(place, user, hostKey, identity);
    }

    /** {@code USER@HOST:PORT}. */
    public String address() {
        return user + "@" + place;
    }
}

package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;

/** Where a principal's own loopback is: on this machine, or behind a hop. Thread-safe; never blocks. */
public interface LoopbackPlaces {
    /** @param port 1-65535 */
    Endpoint of(PrincipalName owner, int port);
}

package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Grant;

/**
 * One of the forwards that a principal may have open, from the grant to the last byte; closing it makes room for
 * another. Equal only to itself. Thread-safe.
 */
final class ForwardPlace implements AutoCloseable {
    private final Grant grant;
    private final PrincipalUse use;

    ForwardPlace(Grant grant, PrincipalUse use) {
        this.grant = grant;
        this.use = use;
    }

    Grant grant() {
        return grant;
    }

    /** The principal's speed from the client to the service. */
    Throttle up() {
        return use.up();
    }

    /** The principal's speed from the service to the client. */
    Throttle down() {
        return use.down();
    }

    @Override
    public void close() {
        use.close(this);
    }
}

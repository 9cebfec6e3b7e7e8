package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.ServiceName;

/** What a forward may reach: inside the principal's own workspace, or what an operator granted by name; never a host. */
public sealed interface Target {
    /** A named service. */
    record Service(ServiceName name) implements Target {
        @Override
        public String toString() {
            return name.value();
        }
    }

    /**
     * Something outside of workspaces that an operator named and granted to this principal.
     *
     * @param service with its address, pinned when it was named
     */
    record Shared(SharedService service) implements Target {
        @Override
        public String toString() {
            return service.name().value();
        }
    }

    /** The door's own numbers, for admins. */
    record Metrics() implements Target {
        @Override
        public String toString() {
            return ServiceName.METRICS.value();
        }
    }

    /** Another port of the workspace's loopback, if the principal itself listens there. */
    record OwnLoopback(int port) implements Target {
        @Override
        public String toString() {
            return "own-loopback:" + port;
        }
    }
}

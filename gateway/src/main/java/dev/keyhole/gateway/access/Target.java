package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.ServiceName;

/** What a forward may reach: always inside the principal's own workspace, never a host. */
public sealed interface Target {
    /** A named service. */
    record Service(ServiceName name) implements Target {
        @Override
        public String toString() {
            return name.value();
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

package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.access.SharedAddress;
import dev.keyhole.gateway.model.PrincipalName;
import java.nio.file.Path;

/** The address behind a service. Never a name that somebody could resolve to something else later. */
public sealed interface Endpoint {
    /**
     * A unix socket.
     *
     * @param socket absolute path, at most 107 bytes (unix(7))
     * @param ownerUser the OS user whose process must be the listener, checked by SO_PEERCRED after the connect
     */
    record Unix(Path socket, String ownerUser) implements Endpoint {}

    /**
     * A TCP port on the loopback that the principal's processes have, listened on by the principal itself.
     *
     * @param port 1-65535
     */
    record OwnLoopback(PrincipalName owner, int port) implements Endpoint {}

    /** Something outside of workspaces, where an operator pinned it. Whose process listens there is the operator's business. */
    record Shared(SharedAddress address) implements Endpoint {}

    /**
     * What an SSH server reaches for us by a {@code direct-tcpip} channel: its own loopback, or a service that it knows by
     * that name.
     *
     * @param destination the host in the channel's request, mostly {@code localhost}
     * @param port 1-65535
     */
    record Hop(SshHost host, String destination, int port) implements Endpoint {}
}

package dev.keyhole.gateway.workspace;

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
     * A TCP port on the loopback of the machine, listened on by the principal itself.
     *
     * @param port 1-65535
     * @param ownerUid the OS user who must own every listener of that port, before the connect and after it
     */
    record OwnLoopback(int port, long ownerUid) implements Endpoint {}
}

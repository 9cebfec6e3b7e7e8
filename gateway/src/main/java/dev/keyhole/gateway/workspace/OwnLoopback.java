package dev.keyhole.gateway.workspace;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Looks into the kernel's table of listeners. Thread-safe; reads {@code /proc}, never connects. */
public interface OwnLoopback {
    /**
     * The loopback address to connect to, if every listener that a connect to that port of 127.0.0.1 or ::1 could reach
     * belongs to that OS user; empty when nobody listens or anybody else does.
     *
     * @param port 1-65535
     * @param ownerUid the OS user of the principal
     */
    Optional<InetSocketAddress> listener(int port, long ownerUid);
}

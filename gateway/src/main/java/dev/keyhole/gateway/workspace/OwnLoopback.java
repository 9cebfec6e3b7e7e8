package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Reaches what a principal's own processes listen on, on their loopback. Thread-safe; blocks for seconds at most. */
public interface OwnLoopback {
    /**
     * Connects to a port of 127.0.0.1 or ::1 as the principal's processes see it. Every listener that such a connect could
     * reach belongs to the principal's OS user, before the connect and after it.
     *
     * @param port 1-65535
     * @return connected and blocking, nothing sent yet; empty when nobody listens or anybody else does
     * @throws IOException when the listener does not answer
     */
    Optional<SocketChannel> connect(PrincipalName owner, int port) throws IOException;
}

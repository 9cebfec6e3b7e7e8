package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.time.Instant;
import java.util.Optional;

/** Where refused connections are written for programs that watch logs. Thread-safe; never waits, never throws. */
public interface FailureLog {
    /**
     * A connection was refused before a login.
     *
     * @param source the peer as the kernel reported it
     * @param session its id; empty when it was turned away before it had one
     * @param login what the client typed, unchecked; empty before it typed any
     * @param client its identification, unchecked; empty before it sent any
     */
    void failed(
            Instant at,
            Source source,
            Optional<SessionId> session,
            Code code,
            String login,
            String client);
}

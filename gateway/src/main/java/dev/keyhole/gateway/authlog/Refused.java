package dev.keyhole.gateway.authlog;

import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.time.Instant;
import java.util.Optional;

/** One refused connection, as it was told to us. */
record Refused(
        Instant at,
        Source source,
        Optional<SessionId> session,
        Code code,
        String login,
        String client) {
    /** The peer's address in digits, without the interface that a link-local one carries. */
    String address() {
        String address = source.address().getHostAddress();
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}

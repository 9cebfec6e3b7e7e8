package dev.keyhole.gateway.syslog;

import dev.keyhole.gateway.audit.AuditFollower;
import dev.keyhole.gateway.audit.AuditPlace;
import dev.keyhole.gateway.audit.CheckpointFollower;
import dev.keyhole.gateway.audit.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * The audit that is sent, and how its messages look. Immutable.
 *
 * @param chain its id
 */
public record AuditSource(
        AuditPlace place,
        String chain,
        SyslogMessage format,
        UnaryOperator<String> revealed,
        Clock clock) {
    /**
     * The audit of a door that has been opened.
     *
     * @param facility 0 to 23, as RFC 5424 numbers them
     * @param host the name of this machine
     * @param revealed a line with the names behind its pseudonyms
     */
    public static AuditSource of(
            AuditPlace place,
            int facility,
            String host,
            UnaryOperator<String> revealed,
            Clock clock)
            throws IOException {
        String chain = VerifierKey.parse(Files.readString(place.verifierKey())).chainId();
        return new AuditSource(
                place,
                chain,
                new SyslogMessage(facility, host, ProcessHandle.current().pid(), chain),
                revealed,
                clock);
    }

    Unsent unsent() {
        return new Unsent(
                new AuditFollower(place.directory()),
                new CheckpointFollower(place),
                format,
                revealed,
                clock);
    }
}

package dev.keyhole.gateway;

import dev.keyhole.gateway.access.KeyLinesFuzz;
import dev.keyhole.gateway.audit.AuditLinesFuzz;
import dev.keyhole.gateway.broker.RequestsFuzz;
import dev.keyhole.gateway.control.MemberWordsFuzz;

/** All of them in one process, for a short look. */
public final class AllParsersFuzz {
    private AllParsersFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        KeyLinesFuzz.fuzzerTestOneInput(data);
        MemberWordsFuzz.fuzzerTestOneInput(data);
        RequestsFuzz.fuzzerTestOneInput(data);
        AuditLinesFuzz.fuzzerTestOneInput(data);
    }
}

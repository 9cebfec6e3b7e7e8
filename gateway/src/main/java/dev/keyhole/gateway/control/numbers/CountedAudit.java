package dev.keyhole.gateway.control.numbers;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.model.PrincipalName;
import java.util.List;

/**
 * An audit whose events are counted on their way: what is audited and what the metrics say cannot differ. Thread-safe;
 * it blocks as long as the audit behind it.
 */
public final class CountedAudit implements AuditLog {
    private final AuditLog audit;
    private final Tally tally;

    public CountedAudit(AuditLog audit, Tally tally) {
        this.audit = audit;
        this.tally = tally;
    }

    /** What is not written down does not happen, so it is not counted either. */
    @Override
    public void write(AuditEvent event) throws AuditUnavailable {
        audit.write(event);
        tally.count(event);
    }

    /** It has happened, whether or not it could be written down. */
    @Override
    public void record(AuditEvent event) {
        tally.count(event);
        audit.record(event);
    }

    @Override
    public boolean isAvailable() {
        return audit.isAvailable();
    }

    @Override
    public List<String> latest(PrincipalName principal, int limit) {
        return audit.latest(principal, limit);
    }
}

package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Grant;
import dev.keyhole.gateway.access.Target;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.audit.AuditUnavailable;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import java.time.Duration;

/**
 * Seventh step, and the frame around the others: what is written down before a forward may carry bytes, and after it
 * carried its last one. Thread-safe; blocks on the disk.
 */
final class Close {
    private final AuditLog audit;
    private final Workspaces workspaces;

    Close(AuditLog audit, Workspaces workspaces) {
        this.audit = audit;
        this.workspaces = workspaces;
    }

    /** Before the client learns that its channel is open. Pair it with {@link #closed}. */
    void opened(Grant grant, String host, long port) throws ForwardRefusal {
        try {
            audit.write(
                    new AuditEvent.ForwardOpened(
                            grant.holder().actor(), grant.target().toString(), host, port));
        } catch (AuditUnavailable e) {
            throw ForwardRefusal.unreachable(Refusal.of(Code.AUDIT_UNAVAILABLE, e.getMessage()));
        }
        if (usesWorkspace(grant.target())) {
            workspaces.of(grant.holder().principal()).forwardOpened();
        }
    }

    /** Whether the workspace must go on as long as such a forward is open. */
    private static boolean usesWorkspace(Target target) {
        return switch (target) {
            case Target.Service service -> true;
            case Target.OwnLoopback own -> true;
            case Target.Shared shared -> false;
            case Target.Metrics metrics -> false;
        };
    }

    void refused(AuditEvent.Actor actor, String host, long port, Refusal refusal) {
        audit.record(
                new AuditEvent.ForwardRefused(actor, host, port, refusal.code(), refusal.detail()));
    }

    void closed(Grant grant, Pump pump, Duration lasted, String reason) {
        if (usesWorkspace(grant.target())) {
            workspaces.of(grant.holder().principal()).forwardClosed();
        }
        audit.record(
                new AuditEvent.ForwardClosed(
                        grant.holder().actor(),
                        grant.target().toString(),
                        pump.bytesIn(),
                        pump.bytesOut(),
                        lasted,
                        reason));
    }
}

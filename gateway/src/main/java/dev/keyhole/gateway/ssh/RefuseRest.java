package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.util.Set;

/**
 * Everything that is not a forward to an own service, a member verb or the status page: remote forwarding, agent, X11,
 * streamlocal, tun, sftp, commands. The protocol's own failure is the answer; here it is written down.
 *
 * <p>Thread-safe. It blocks on the disk, on a virtual thread of MINA's.
 */
final class RefuseRest {
    /** Asked by every stock client in the course of things; a refusal of these is no news. */
    private static final Set<String> HARMLESS =
            Set.of("keepalive@openssh.com", "no-more-sessions@openssh.com", HostKeys.PROVE);

    private final AuditLog audit;

    RefuseRest(AuditLog audit) {
        this.audit = audit;
    }

    /** Writes down what a session asked for and does not get. */
    void note(Authenticated who, String request, Refusal refusal) {
        audit.record(
                new AuditEvent.RequestRefused(
                        who.actor(), request, refusal.code(), refusal.detail()));
    }

    /** No global request is offered but the harmless ones. */
    void noteGlobalRequest(Authenticated who, String request) {
        if (HARMLESS.contains(request)) {
            return;
        }
        Code code =
                request.contains("forward")
                        ? Code.REMOTE_FORWARD_REFUSED
                        : Code.SESSION_REQUEST_REFUSED;
        note(who, request, Refusal.of(code, "global request " + request));
    }
}

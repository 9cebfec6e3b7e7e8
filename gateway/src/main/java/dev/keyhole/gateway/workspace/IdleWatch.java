package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.model.ClockTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops workspaces that nobody uses, and says so some time before: in the audit, in the log, and on the status pages
 * that are open.
 *
 * <p>Meant to be called again and again by one thread. It asks services over their sockets, so it may block; a stop has
 * a thread of its own.
 */
public final class IdleWatch {
    private static final Logger LOG = LoggerFactory.getLogger(IdleWatch.class);

    private final Workspaces workspaces;
    private final Idleness idleness;
    private final IdleRule rule;
    private final AuditLog audit;
    private final Clock clock;

    /** @param clock for the times that people are told; what is decided follows the monotonic clock */
    public IdleWatch(
            Workspaces workspaces, Idleness idleness, IdleRule rule, AuditLog audit, Clock clock) {
        this.workspaces = workspaces;
        this.idleness = idleness;
        this.rule = rule;
        this.audit = audit;
        this.clock = clock;
    }

    /** Looks once at every workspace, announces the stops that are near, and stops those whose time is over. */
    public void look() {
        for (Workspace workspace : workspaces.all()) {
            try {
                look(workspace);
            } catch (RuntimeException e) {
                LOG.error("The idle look at the workspace of {} failed", workspace.owner(), e);
            }
        }
    }

    private void look(Workspace workspace) {
        long lastUse = workspace.lastUseNanos();
        if (idleness.of(workspace) instanceof IdleVerdict.Stops(Duration left)) {
            if (left.isNegative() || left.isZero()) {
                stop(workspace, lastUse);
            } else if (left.compareTo(rule.warning()) <= 0 && workspace.announcedStop().isEmpty()) {
                Instant at = clock.instant().plus(left).truncatedTo(ChronoUnit.SECONDS);
                announce(workspace, lastUse, at);
            }
        }
    }

    private void announce(Workspace workspace, long lastUse, Instant at) {
        if (workspace.announceStop(at, lastUse)) {
            LOG.info(
                    "The workspace of {} will be stopped at {}: nothing is open",
                    workspace.owner(),
                    ClockTime.of(at, clock.instant()));
            audit.record(new AuditEvent.WorkspaceStopAnnounced(workspace.owner(), at));
        }
    }

    private void stop(Workspace workspace, long lastUse) {
        String reason =
                "idle for "
                        + ClockTime.length(rule.idleAfter().orElseThrow())
                        + ": no forward, busy kernel, terminal or browser";
        Thread.ofVirtual()
                .name("[" + workspace.owner() + " idle]")
                .start(() -> workspace.stopUnlessUsedSince(lastUse, reason));
    }
}

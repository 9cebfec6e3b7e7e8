package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.model.PrincipalName;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits that a process of a workspace was killed because the workspace had used up its memory: its owner sees a kernel
 * that died, and should learn why. Called again and again by one thread.
 */
public final class MemoryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryWatch.class);

    private final Workspaces workspaces;
    private final Launcher launcher;
    private final AuditLog audit;
    private final Map<PrincipalName, Long> known = new HashMap<>();

    public MemoryWatch(Workspaces workspaces, Launcher launcher, AuditLog audit) {
        this.workspaces = workspaces;
        this.launcher = launcher;
        this.audit = audit;
    }

    /** Looks once at every workspace. */
    public void look() {
        for (Workspace workspace : workspaces.all()) {
            try {
                look(workspace.owner());
            } catch (RuntimeException e) {
                LOG.debug("The memory of {} was not looked at", workspace.owner(), e);
            }
        }
    }

    private void look(PrincipalName owner) {
        long kills = launcher.outOfMemoryKills(owner);
        // A workspace that was started anew counts from nothing; a door that was, does not count
        // again.
        long before = Math.min(known.getOrDefault(owner, kills), kills);
        known.put(owner, kills);
        if (kills > before) {
            audit.record(new AuditEvent.WorkspaceOutOfMemory(owner, kills - before));
        }
    }
}

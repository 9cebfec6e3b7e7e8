package dev.keyhole.gateway.workspace;

import java.time.Duration;

/**
 * Stops workspaces that nobody uses: no forward open, no busy kernel, no terminal, no browser for a while.
 *
 * <p>Meant to be called every half minute by one thread. It asks services over their sockets, so it may block.
 */
public final class IdleWatch {
    private final Workspaces workspaces;
    private final ServiceProbe probe;
    private final Duration idleAfter;

    public IdleWatch(Workspaces workspaces, ServiceProbe probe, Duration idleAfter) {
        this.workspaces = workspaces;
        this.probe = probe;
        this.idleAfter = idleAfter;
    }

    /** Looks once at every workspace and stops (culls) the idle ones. */
    public void look() {
        for (Workspace workspace : workspaces.all()) {
            if (workspace.unusedNanos() > idleAfter.toNanos() && isIdle(workspace)) {
                workspace.stop("idle for " + idleAfter.toMinutes() + " min");
            }
        }
    }

    private boolean isIdle(Workspace workspace) {
        boolean running = false;
        for (ServiceState state : workspace.states().values()) {
            if (state instanceof ServiceState.Ready ready) {
                running = true;
                if (!probe.activity(ready.process()).isIdle()) {
                    return false;
                }
            }
        }
        return running;
    }
}

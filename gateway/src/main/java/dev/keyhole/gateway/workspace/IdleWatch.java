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
            if (isBusy(workspace)) {
                workspace.used();
            } else if (isRunning(workspace) && workspace.unusedNanos() > idleAfter.toNanos()) {
                workspace.stop("idle for " + idleAfter.toMinutes() + " min");
            }
        }
    }

    private static boolean isRunning(Workspace workspace) {
        return workspace.states().values().stream()
                .anyMatch(state -> state instanceof ServiceState.Ready);
    }

    private boolean isBusy(Workspace workspace) {
        return workspace.states().values().stream()
                .anyMatch(state ->
                        state instanceof ServiceState.Ready ready
                                && !probe.activity(ready.process()).isIdle());
    }
}

package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.WorkspaceRefusal;
import dev.keyhole.gateway.workspace.Workspaces;

/** {@code keyhole restart}: stop, then start. */
public final class RestartVerb implements Verb {
    private final Workspaces workspaces;

    public RestartVerb(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String summary() {
        return "stop, then start; kernels are lost";
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) throws InterruptedException {
        Workspace workspace = workspaces.of(who.principal());
        try {
            workspace.checkMayRun();
        } catch (WorkspaceRefusal e) {
            return StartVerb.refused(e.refusal());
        }
        workspace.stop("restart by its owner");
        return StartVerb.bringUp(workspace);
    }
}

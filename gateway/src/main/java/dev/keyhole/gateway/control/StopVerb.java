package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.workspace.ServiceState;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.ExitStatus;
import java.util.Map;

/** {@code keyhole stop}: ends the workspace's processes, kernels included. */
public final class StopVerb implements Verb {
    private final Workspaces workspaces;

    public StopVerb(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public String summary() {
        return "end your workspace and its kernels";
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) {
        Workspace workspace = workspaces.of(who.principal());
        workspace.stop("by its owner");
        for (ServiceState state : workspace.states().values()) {
            if (state instanceof ServiceState.Failed failed) {
                return new Answer(
                        ExitStatus.FAILED,
                        failed.reason() + "\n",
                        Map.of("state", "failed", "reason", failed.reason()));
            }
        }
        return Answer.done(
                "The workspace is stopped. It starts with your next login's first forward, or with: keyhole start\n",
                Map.of("state", "stopped"));
    }
}

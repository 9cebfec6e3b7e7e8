package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.WorkspaceRefusal;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.Map;

/** {@code keyhole start}: brings Jupyter up and waits until it answers. */
public final class StartVerb implements Verb {
    private final Workspaces workspaces;

    public StartVerb(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String summary() {
        return "start your workspace after a stop or a failure";
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) throws InterruptedException {
        return bringUp(workspaces.of(who.principal()));
    }

    static Answer bringUp(Workspace workspace) throws InterruptedException {
        try {
            RunningService jupyter = workspace.start(ServiceName.JUPYTER);
            return Answer.done(
                    "jupyter is ready\n", Map.of("state", "ready", "pid", jupyter.pid()));
        } catch (WorkspaceRefusal e) {
            return refused(e.refusal());
        }
    }

    static Answer refused(Refusal refusal) {
        return new Answer(
                refusal.code() == Code.WORKSPACE_LIMIT ? ExitStatus.REFUSED : ExitStatus.FAILED,
                refusal.message() + "\n",
                Map.of("code", refusal.code(), "text", refusal.text()));
    }
}

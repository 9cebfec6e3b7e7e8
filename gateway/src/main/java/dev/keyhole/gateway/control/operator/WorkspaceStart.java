package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.WorkspaceRefusal;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.Map;

/** {@code keyhole workspace start}: brings a principal's Jupyter up and waits until it answers. */
public final class WorkspaceStart implements OperatorVerb {
    private final RosterDesk desk;
    private final Workspaces workspaces;

    public WorkspaceStart(RosterDesk desk, Workspaces workspaces) {
        this.desk = desk;
        this.workspaces = workspaces;
    }

    @Override
    public String name() {
        return "workspace start";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName name = desk.named(fields).name();
        return Act.on(name, talk -> bringUp(workspaces.of(name), talk));
    }

    static Answer bringUp(Workspace workspace, Talk talk)
            throws OperatorRefusal, InterruptedException {
        try {
            talk.progress("starting jupyter of " + workspace.owner());
            workspace.start(ServiceName.JUPYTER);
            return Answer.done(
                    "jupyter of " + workspace.owner() + " is ready.\n",
                    Map.of("workspace", WorkspaceView.of(workspace)));
        } catch (WorkspaceRefusal e) {
            ExitStatus status =
                    e.refusal().code() == Code.WORKSPACE_LIMIT
                            ? ExitStatus.REFUSED
                            : ExitStatus.FAILED;
            throw OperatorRefusal.of(status, e.refusal().code(), e.refusal().text());
        }
    }
}

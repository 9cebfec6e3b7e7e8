package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.ServiceState;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.Map;

/** {@code keyhole workspace stop}: ends a principal's processes, kernels included. */
public final class WorkspaceStop implements OperatorVerb {
    private final RosterDesk desk;
    private final Workspaces workspaces;

    public WorkspaceStop(RosterDesk desk, Workspaces workspaces) {
        this.desk = desk;
        this.workspaces = workspaces;
    }

    @Override
    public String name() {
        return "workspace stop";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName name = desk.named(fields).name();
        return Act.on(name, talk -> answer(workspaces.of(name), talk));
    }

    private static Answer answer(Workspace workspace, Talk talk) throws OperatorRefusal {
        stop(workspace, "by the operator", talk);
        return Answer.done(
                "The workspace of "
                        + workspace.owner()
                        + " is stopped. Its next login's first forward starts it again.\n",
                Map.of("workspace", WorkspaceView.of(workspace)));
    }

    static void stop(Workspace workspace, String reason, Talk talk) throws OperatorRefusal {
        talk.progress("stopping the workspace of " + workspace.owner());
        workspace.stop(reason);
        for (ServiceState state : workspace.states().values()) {
            if (state instanceof ServiceState.Failed failed) {
                throw OperatorRefusal.of(ExitStatus.FAILED, Code.WORKSPACE_FAILED, failed.reason());
            }
        }
    }
}

package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.WorkspaceRefusal;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.ExitStatus;

/** {@code keyhole workspace restart}: stop, then start; kernels are lost. */
public final class WorkspaceRestart implements OperatorVerb {
    private final RosterDesk desk;
    private final Workspaces workspaces;

    public WorkspaceRestart(RosterDesk desk, Workspaces workspaces) {
        this.desk = desk;
        this.workspaces = workspaces;
    }

    @Override
    public String name() {
        return "workspace restart";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName name = desk.named(fields).name();
        return Act.on(
                name,
                talk -> {
                    Workspace workspace = workspaces.of(name);
                    try {
                        workspace.checkMayRun();
                    } catch (WorkspaceRefusal e) {
                        throw OperatorRefusal.of(
                                ExitStatus.REFUSED, e.refusal().code(), e.refusal().text());
                    }
                    WorkspaceStop.stop(workspace, "restart by the operator", talk);
                    return WorkspaceStart.bringUp(workspace, talk);
                });
    }
}

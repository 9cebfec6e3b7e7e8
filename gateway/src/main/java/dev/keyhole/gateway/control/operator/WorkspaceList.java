package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code keyhole workspace list}: what everybody's workspace does now. */
public final class WorkspaceList implements OperatorVerb {
    private final RosterDesk desk;
    private final Workspaces workspaces;

    public WorkspaceList(RosterDesk desk, Workspaces workspaces) {
        this.desk = desk;
        this.workspaces = workspaces;
    }

    @Override
    public String name() {
        return "workspace list";
    }

    @Override
    public boolean audited() {
        return false;
    }

    @Override
    public Act prepare(Fields fields) {
        return Act.on("every workspace", talk -> list());
    }

    private Answer list() {
        List<WorkspaceView> views =
                desk.now().principals().stream()
                        .map(Principal::name)
                        .map(name -> WorkspaceView.of(workspaces.of(name)))
                        .toList();
        Table table = new Table("PRINCIPAL", "FORWARDS", "SERVICES", "WHERE");
        for (WorkspaceView view : views) {
            table.row(
                    view.principal(),
                    view.forwards(),
                    view.services().stream()
                            .map(service -> service.name() + " " + service.state())
                            .collect(Collectors.joining(", ")),
                    view.place());
        }
        return Answer.done(table.orElse("There are no principals."), Map.of("workspaces", views));
    }
}

package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.List;
import java.util.Map;

/** {@code keyhole principal remove}: keys and grants go, sessions end, the workspace stops; files stay. */
public final class PrincipalRemove implements OperatorVerb {
    private final RosterDesk desk;
    private final Workspaces workspaces;
    private final Environments environments;

    public PrincipalRemove(RosterDesk desk, Workspaces workspaces, Environments environments) {
        this.desk = desk;
        this.workspaces = workspaces;
        this.environments = environments;
    }

    @Override
    public String name() {
        return "principal remove";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName name = desk.named(fields).name();
        desk.requirePossible(List.of(new RosterChange.RemovePrincipal(name)));
        return Act.on(name, talk -> remove(name, talk));
    }

    /** Nobody may come in before the processes end, or a login could start them again. */
    private Answer remove(PrincipalName name, Talk talk) throws OperatorRefusal {
        desk.change(List.of(new RosterChange.RemovePrincipal(name)));
        try {
            talk.progress("stopping the workspace of " + name);
            workspaces.end(name, "its principal was removed");
            environments.retire(name);
        } catch (LaunchFailure | RuntimeException e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.ENVIRONMENT_FAILED,
                    name
                            + " is removed and cannot log in any more, but its workspace could not be given up: "
                            + e.getMessage()
                            + " Look for processes of its OS user.");
        }
        return Answer.done(
                name + " is removed, with its keys and grants. Its files were put away.\n",
                Map.of("removed", name.value()));
    }
}

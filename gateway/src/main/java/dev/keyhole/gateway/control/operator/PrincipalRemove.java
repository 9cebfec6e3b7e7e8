package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Lock;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.Keeps;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole principal remove}: keys and grants go, sessions end, the workspace stops; files stay. */
public final class PrincipalRemove implements OperatorVerb {
    private final RosterDesk desk;
    private final Workspaces workspaces;
    private final Environments environments;
    private final Keeps keeps;
    private final Clock clock;

    public PrincipalRemove(
            RosterDesk desk,
            Workspaces workspaces,
            Environments environments,
            Keeps keeps,
            Clock clock) {
        this.desk = desk;
        this.workspaces = workspaces;
        this.environments = environments;
        this.keeps = keeps;
        this.clock = clock;
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

    /**
     * Locked first, so that no login starts what is being ended; forgotten last, so that a door that dies in between
     * leaves somebody who can be removed again, and no workspace that nobody knows.
     */
    private Answer remove(PrincipalName name, Talk talk) throws OperatorRefusal {
        Lock lock = new Lock("the principal is being removed", RosterDesk.moment(clock));
        desk.change(
                List.of(
                        new RosterChange.ReplacePrincipal(
                                desk.known(name).withLock(Optional.of(lock)))));
        try {
            talk.progress("stopping the workspace of " + name);
            workspaces.end(name, "its principal was removed");
            environments.retire(name);
            keeps.end(name); // or the next one of that name would inherit it
        } catch (LaunchFailure | IOException | RuntimeException e) {
            throw OperatorRefusal.of(
                    ExitStatus.FAILED,
                    Code.ENVIRONMENT_FAILED,
                    name
                            + " is locked and not removed, because its workspace could not be given up: "
                            + e.getMessage()
                            + " Look for processes of its OS user, then run it again.");
        }
        desk.change(List.of(new RosterChange.RemovePrincipal(name)));
        return Answer.done(
                name + " is removed, with its keys and grants. Its files were put away.\n",
                Map.of("removed", name.value()));
    }
}

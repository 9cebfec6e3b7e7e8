package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Resources;
import java.util.List;
import java.util.Optional;

/** The walls around each workspace: built at its first start, entered by each of its processes, torn down at its end. */
public final class Confinement {
    /** Nobody is confined; every part says why. */
    public static Confinement none(String why) {
        return new Confinement(why);
    }

    private final String why;

    private Confinement(String why) {
        this.why = why;
    }

    /** Builds what is missing; every process of the workspace goes in there. */
    Entrance enter(PrincipalName owner, OsUser user) throws LaunchFailure {
        return Entrance.NONE;
    }

    /** The process that keeps the workspace's network, where it has one of its own. */
    Optional<ProcessEntry> network(PrincipalName owner) {
        return Optional.empty();
    }

    /** Ends every process inside and removes the walls. */
    void end(PrincipalName owner) {}

    /** Puts new limits in force for what runs. */
    void apply(PrincipalName owner, Resources resources) throws LaunchFailure {}

    List<IsolationPart> parts(PrincipalName owner) {
        return List.of(IsolationPart.missing("all", why));
    }
}

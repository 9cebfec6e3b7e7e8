package dev.keyhole.gateway.control.numbers;

import dev.keyhole.gateway.workspace.ServiceState;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.Workspaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What workspaces do now.
 *
 * @param running those of which anything runs, or is about to
 * @param known all that somebody used since the door's start, or that run
 * @param services how many of their services are in each state; every state's word is there
 */
public record WorkspaceUse(int running, int known, Map<String, Integer> services) {
    /** As {@link ServiceState#word} says them, in the order of a life. */
    public static final List<String> STATES =
            List.of("stopped", "starting", "ready", "restarting", "stopping", "failed");

    public WorkspaceUse {
        services = Map.copyOf(services);
    }

    static WorkspaceUse of(Workspaces workspaces) {
        Map<String, Integer> services = new LinkedHashMap<>();
        STATES.forEach(state -> services.put(state, 0));
        int running = 0;
        int known = 0;
        for (Workspace workspace : workspaces.all()) {
            known++;
            running += workspace.runs() ? 1 : 0;
            for (ServiceState state : workspace.states().values()) {
                services.merge(state.word(), 1, Integer::sum);
            }
        }
        return new WorkspaceUse(running, known, services);
    }
}

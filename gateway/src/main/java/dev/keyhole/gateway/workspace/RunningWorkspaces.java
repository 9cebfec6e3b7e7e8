package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Which workspaces run, and whether one more may.
 *
 * <p>Thread-safe. Under its lock it asks workspaces for their states and does nothing that blocks.
 */
public final class RunningWorkspaces {
    private static final int MOST_NAMED = 20;

    /** A start that is under way; close it when the workspace's state shows it. */
    final class Place implements AutoCloseable {
        private final PrincipalName owner;

        private Place(PrincipalName owner) {
            this.owner = owner;
        }

        @Override
        public void close() {
            started(owner);
        }
    }

    private final OptionalInt most;
    private final ToIntFunction<PrincipalName> mostOf;

    // Guarded by this.
    private final SortedMap<PrincipalName, Workspace> running = new TreeMap<>();
    private final Map<PrincipalName, Integer> starting = new TreeMap<>();

    /**
     * @param most of everybody together; absent when there is no such limit
     * @param mostOf of one principal, asked at every start; 0 leaves it only shared services
     */
    public RunningWorkspaces(OptionalInt most, ToIntFunction<PrincipalName> mostOf) {
        this.most = most;
        this.mostOf = mostOf;
    }

    /** As many as anybody wants. */
    public static RunningWorkspaces unlimited() {
        return new RunningWorkspaces(OptionalInt.empty(), owner -> 1);
    }

    /**
     * Counts a workspace that is about to be started; one that runs already is counted once.
     *
     * @throws WorkspaceRefusal WORKSPACE_LIMIT, with the limit and who uses it up
     */
    synchronized Place enter(Workspace workspace) throws WorkspaceRefusal {
        PrincipalName owner = workspace.owner();
        if (mostOf.applyAsInt(owner) == 0) {
            String none = owner + " may run 0 workspaces";
            throw refused(
                    none + ": only shared services are open. Ask the operator for more.", none);
        }
        forgetTheStopped();
        if (!running.containsKey(owner) && most.isPresent() && running.size() >= most.getAsInt()) {
            String full = running.size() + " of " + most.getAsInt() + " workspaces run";
            throw refused(full + ": " + names() + ". " + Code.WORKSPACE_LIMIT.nextMove(), full);
        }
        running.put(owner, workspace);
        starting.merge(owner, 1, Integer::sum);
        return new Place(owner);
    }

    /** A workspace that a former door left running; what runs is counted, whatever the limit. */
    synchronized void adopted(Workspace workspace) {
        running.put(workspace.owner(), workspace);
    }

    private synchronized void started(PrincipalName owner) {
        starting.computeIfPresent(owner, (name, count) -> count == 1 ? null : count - 1);
    }

    private void forgetTheStopped() {
        running.entrySet()
                .removeIf(
                        entry -> !starting.containsKey(entry.getKey()) && !entry.getValue().runs());
    }

    private String names() {
        String named =
                running.keySet().stream()
                        .limit(MOST_NAMED)
                        .map(PrincipalName::value)
                        .collect(Collectors.joining(", "));
        return running.size() > MOST_NAMED
                ? named + " and " + (running.size() - MOST_NAMED) + " more"
                : named;
    }

    private static WorkspaceRefusal refused(String text, String detail) {
        return new WorkspaceRefusal(new Refusal(Code.WORKSPACE_LIMIT, text, detail));
    }
}

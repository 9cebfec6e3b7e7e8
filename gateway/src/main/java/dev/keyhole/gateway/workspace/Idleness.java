package dev.keyhole.gateway.workspace;

import java.time.Duration;

/** Finds out what keeps a workspace now: asks its services, and judges by the rule. Thread-safe; blocks for seconds. */
public final class Idleness {
    private static final Activity NONE = new Activity(0, 0, 0, true);

    private final ServiceProbe probe;
    private final IdleRule rule;
    private final Keeps keeps;

    public Idleness(ServiceProbe probe, IdleRule rule, Keeps keeps) {
        this.probe = probe;
        this.rule = rule;
        this.keeps = keeps;
    }

    /** What keeps it now; that it is kept counts as use. */
    public IdleVerdict of(Workspace workspace) {
        Activity activity =
                workspace.states().values().stream()
                        .filter(ServiceState.Ready.class::isInstance)
                        .map(state -> probe.activity(((ServiceState.Ready) state).process()))
                        .reduce(NONE, Activity::plus);
        IdleVerdict verdict =
                rule.decide(
                        new IdleRule.Signs(
                                workspace.hasReadyService(),
                                workspace.openForwards(),
                                workspace.openCommands(),
                                activity,
                                keeps.of(workspace.owner()),
                                Duration.ofNanos(workspace.unusedNanos())));
        if (verdict instanceof IdleVerdict.Kept) {
            workspace.used();
        }
        return verdict;
    }
}

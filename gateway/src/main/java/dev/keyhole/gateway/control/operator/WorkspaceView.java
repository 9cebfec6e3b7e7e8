package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.workspace.ServiceState;
import dev.keyhole.gateway.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A workspace as lists and {@code --json} show it.
 *
 * @param place where it is: this machine, or a host that is attached
 * @param forwards open ones
 */
record WorkspaceView(String principal, String place, int forwards, List<Service> services) {
    /**
     * One of its services.
     *
     * @param state as {@link ServiceState#word} names it
     * @param pid while it answers, where it is a process of this machine
     * @param seconds how long it has answered
     * @param reason why it does not run
     */
    record Service(
            String name,
            String state,
            Optional<Long> pid,
            Optional<Long> seconds,
            Optional<String> reason) {}

    static WorkspaceView of(Workspace workspace) {
        return new WorkspaceView(
                workspace.owner().value(),
                workspace.place(),
                workspace.openForwards(),
                workspace.states().entrySet().stream()
                        .map(entry -> service(entry.getKey().value(), entry.getValue()))
                        .toList());
    }

    private static Service service(String name, ServiceState state) {
        Optional<Long> pid = Optional.empty();
        Optional<Long> seconds = Optional.empty();
        Optional<String> reason = Optional.empty();
        if (state instanceof ServiceState.Ready ready) {
            pid = Optional.of(ready.process().pid()).filter(known -> known > 0);
            seconds =
                    Optional.of(
                            Duration.ofNanos(System.nanoTime() - ready.sinceNanos()).toSeconds());
        } else if (state instanceof ServiceState.Failed failed) {
            reason = Optional.of(failed.reason());
        } else if (state instanceof ServiceState.Stopped stopped) {
            reason = Optional.of(stopped.reason());
        }
        return new Service(name, state.word(), pid, seconds, reason);
    }
}

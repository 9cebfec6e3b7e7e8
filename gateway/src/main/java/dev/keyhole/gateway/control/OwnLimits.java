package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Allowance;
import java.util.List;
import java.util.Optional;

/**
 * The limits of a principal and what is used of them; the members of the document are named after these.
 *
 * @param bytesPerSecond over all forwards, each way; absent means as much as there is
 */
record OwnLimits(Used sessions, Used forwards, Used workspaces, Optional<Long> bytesPerSecond) {
    /** How much of a limit is used. */
    record Used(int used, int most) {
        @Override
        public String toString() {
            return used + " of " + most;
        }
    }

    static OwnLimits of(Allowance allowance, List<SessionView> open, boolean workspaceRuns) {
        return new OwnLimits(
                new Used(open.size(), allowance.sessions()),
                new Used(
                        open.stream().mapToInt(session -> session.forwards().size()).sum(),
                        allowance.forwards()),
                new Used(workspaceRuns ? 1 : 0, allowance.workspaces()),
                allowance.bytesPerSecond().stream().boxed().findFirst());
    }

    List<String> lines() {
        return List.of(
                "sessions " + sessions,
                "forwards " + forwards,
                "workspaces " + workspaces,
                "bytes per second, each way: "
                        + bytesPerSecond.map(String::valueOf).orElse("as many as there are"));
    }
}

package dev.keyhole.gateway.access;

import java.util.OptionalLong;

/**
 * How much a principal may have open right now: its own limits where it has some, the config's otherwise.
 *
 * @param sessions at the same time
 * @param forwards at the same time, over all its sessions
 * @param bytesPerSecond over all its forwards, each way; absent means as much as there is
 * @param workspaces that may run at the same time; 0 leaves it only shared services
 */
public record Allowance(int sessions, int forwards, OptionalLong bytesPerSecond, int workspaces) {
    /** Of somebody who is not known. */
    static final Allowance NOTHING = new Allowance(0, 0, OptionalLong.empty(), 0);

    /** The same with everything that was decided for one principal. */
    Allowance with(PrincipalLimits own) {
        return new Allowance(
                own.sessions().orElse(sessions),
                own.forwards().orElse(forwards),
                own.bytesPerSecond().isPresent() ? own.bytesPerSecond() : bytesPerSecond,
                own.workspaces().orElse(workspaces));
    }
}

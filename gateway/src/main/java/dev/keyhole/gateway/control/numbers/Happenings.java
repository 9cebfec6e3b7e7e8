package dev.keyhole.gateway.control.numbers;

import dev.keyhole.gateway.model.Durations;
import java.util.Map;
import java.util.SortedMap;

/**
 * How often something happened since the door's start.
 *
 * @param logins that succeeded
 * @param refusals of each step and code that there were
 * @param forwards that were opened
 * @param commands that were started
 * @param starts of services in workspaces that were begun
 * @param startTimes of those that came to answer
 * @param failures services of workspaces that were given up
 * @param memoryKills processes of workspaces that the kernel killed for their memory
 * @param stops services of workspaces that were stopped
 */
public record Happenings(
        long logins,
        SortedMap<Refused, Long> refusals,
        long forwards,
        long commands,
        long starts,
        Durations startTimes,
        long failures,
        long memoryKills,
        long stops) {
    /** Connections that got no login. */
    public long loginsRefused() {
        return refusals.entrySet().stream()
                .filter(entry -> entry.getKey().step() == Step.LOGIN)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}

package dev.keyhole.gateway.control.numbers;

import java.util.List;
import java.util.Optional;

/**
 * Whether the door can do its work.
 *
 * @param checks each thing that must be well, always the same in the same order
 * @param disk the home's disk; empty when it cannot be asked
 */
public record Condition(List<Check> checks, Optional<DiskUse> disk) {
    public Condition {
        checks = List.copyOf(checks);
    }

    /** Whether nothing is broken; a notice breaks nothing. */
    public boolean well() {
        return checks.stream().noneMatch(check -> check.verdict() == Check.Verdict.PROBLEM);
    }
}

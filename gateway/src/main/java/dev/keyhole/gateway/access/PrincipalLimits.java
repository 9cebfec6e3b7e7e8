package dev.keyhole.gateway.access;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much one principal may use. What is absent follows the config, or the door's own bounds.
 *
 * @param sessions at the same time
 * @param forwards at the same time, over all its sessions
 * @param bytesPerSecond over all its forwards, each way
 * @param workspaces that may run at the same time; 0 leaves it only shared services
 * @param memoryBytes of all its processes
 * @param cpus of all its processes; 1.5 is one and a half
 * @param pids processes and threads
 * @param gpus a number of GPUs, or their names with commas
 */
public record PrincipalLimits(
        OptionalInt sessions,
        OptionalInt forwards,
        OptionalLong bytesPerSecond,
        OptionalInt workspaces,
        OptionalLong memoryBytes,
        Optional<BigDecimal> cpus,
        OptionalInt pids,
        Optional<String> gpus) {
    /** Nothing of its own. */
    public static final PrincipalLimits NONE =
            new PrincipalLimits(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty());
}

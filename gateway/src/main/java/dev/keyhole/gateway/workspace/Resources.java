package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.Gpus;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much of the machine all processes of a workspace may use together. Immutable.
 *
 * @param memoryBytes without swap; at most that much, or its largest process is killed
 * @param cpus of processor time; 1.5 is one and a half
 * @param pids processes and threads
 * @param gpus which it may open
 */
public record Resources(
        OptionalLong memoryBytes,
        Optional<BigDecimal> cpus,
        OptionalInt pids,
        Optional<Gpus> gpus) {
    /** Nothing of its own: what the config says holds. */
    public static final Resources UNSAID =
            new Resources(
                    OptionalLong.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

    /** What is said here, and for the rest what the others say. */
    public Resources or(Resources others) {
        return new Resources(
                memoryBytes.isPresent() ? memoryBytes : others.memoryBytes,
                cpus.or(others::cpus),
                pids.isPresent() ? pids : others.pids,
                gpus.or(others::gpus));
    }
}

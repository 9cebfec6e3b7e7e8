package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.gateway.model.PrincipalName;
import java.time.Instant;

/** One thing that keeps a workspace from being stopped for idleness. */
public sealed interface KeptBy {
    /** Forwards that are open to it. */
    record Forwards(int count) implements KeptBy {}

    /** Shells, commands and file transfers that somebody is connected to. */
    record Commands(int count) implements KeptBy {}

    /** Kernels that execute a cell. */
    record BusyKernels(int count) implements KeptBy {}

    /** Terminals that are open in the notebook. */
    record Terminals(int count) implements KeptBy {}

    /** Browser connections to kernels. */
    record Browsers(int count) implements KeptBy {}

    /** A service that does not say what it does; no work is stopped on a guess. */
    record Silence() implements KeptBy {}

    /** Somebody asked for it. */
    record Keep(PrincipalName by, Instant until) implements KeptBy {}

    /** One word for {@code --json}. */
    default String word() {
        return switch (this) {
            case Forwards forwards -> "forwards";
            case Commands commands -> "commands";
            case BusyKernels kernels -> "busy-kernels";
            case Terminals terminals -> "terminals";
            case Browsers browsers -> "browsers";
            case Silence silence -> "unknown";
            case Keep keep -> "keep";
        };
    }

    /** How many there are; 1 for what is not counted. */
    default int number() {
        return switch (this) {
            case Forwards(int count) -> count;
            case Commands(int count) -> count;
            case BusyKernels(int count) -> count;
            case Terminals(int count) -> count;
            case Browsers(int count) -> count;
            case Silence silence -> 1;
            case Keep keep -> 1;
        };
    }

    /** For a person, inside of a sentence. */
    default String text(Instant now) {
        return switch (this) {
            case Forwards(int count) -> counted(count, "open forward");
            case Commands(int count) -> counted(count, "running command");
            case BusyKernels(int count) -> counted(count, "busy kernel");
            case Terminals(int count) -> counted(count, "open terminal");
            case Browsers(int count) -> counted(count, "connected browser");
            case Silence silence -> "a service that does not say what it does";
            case Keep(PrincipalName by, Instant until) ->
                    "keep until " + ClockTime.of(until, now) + " by " + by;
        };
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}

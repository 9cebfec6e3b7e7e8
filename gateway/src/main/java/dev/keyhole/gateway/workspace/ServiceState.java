package dev.keyhole.gateway.workspace;

import java.time.Duration;
import java.util.List;

/** What one service of a workspace is doing. Times are {@link System#nanoTime()}. */
public sealed interface ServiceState {
    /**
     * Not running. It starts for the first forward of a session that logged in after {@code sinceNanos}.
     *
     * @param reason why it does not run, for the person
     */
    record Stopped(long sinceNanos, String reason) implements ServiceState {}

    /** Its process starts or does not answer yet. */
    record Starting(long sinceNanos) implements ServiceState {}

    /** It answers. */
    record Ready(RunningService process, long sinceNanos) implements ServiceState {}

    /** It ended by itself and is started again after the pause. */
    record BackingOff(int attempt, Duration pause, List<String> lastLog) implements ServiceState {}

    /** It is being stopped; new forwards are refused already. */
    record Stopping(String reason) implements ServiceState {}

    /** It was given up; like stopped, only a new login or {@code keyhole start} tries again. */
    record Failed(long sinceNanos, String reason, List<String> lastLog) implements ServiceState {}

    /** Whether it runs or is to run: somebody asked for it, and it was neither stopped nor given up. */
    default boolean isWanted() {
        return switch (this) {
            case Stopped stopped -> false;
            case Stopping stopping -> false;
            case Failed failed -> false;
            case Starting starting -> true;
            case Ready ready -> true;
            case BackingOff backingOff -> true;
        };
    }

    /** Whether processes of it may be there. */
    default boolean takesResources() {
        return isWanted() || this instanceof Stopping;
    }

    /** One word for lists and {@code --json}. */
    default String word() {
        return switch (this) {
            case Stopped stopped -> "stopped";
            case Starting starting -> "starting";
            case Ready ready -> "ready";
            case BackingOff backingOff -> "restarting";
            case Stopping stopping -> "stopping";
            case Failed failed -> "failed";
        };
    }
}

package dev.keyhole.gateway.workspace;

/** How a command ended. */
public sealed interface CommandEnd {
    /** @param status 0 to 255 */
    record Exited(int status) implements CommandEnd {}

    /** @param signal the number of the signal that ended it */
    record Killed(int signal) implements CommandEnd {}

    /** For the audit. */
    default String text() {
        return switch (this) {
            case Exited(int status) -> "exit status " + status;
            case Killed(int signal) -> "signal " + CommandSignal.nameOf(signal);
        };
    }
}

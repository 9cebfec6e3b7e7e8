package dev.keyhole.gateway.boot;

import dev.keyhole.wire.ExitStatus;

/**
 * A verb cannot do what it was asked to do. The message is for the person at the terminal: what happened, then the next
 * move; it may have several lines and never a stack trace.
 */
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    public CannotStart(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    public CannotStart(ExitStatus status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** What the command exits with. */
    public ExitStatus status() {
        return status;
    }
}

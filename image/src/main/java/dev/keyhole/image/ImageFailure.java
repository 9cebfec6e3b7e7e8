package dev.keyhole.image;

import dev.keyhole.wire.ExitStatus;

/**
 * An image cannot be read, built or pushed. The message is for the person at the terminal: a word code, what happened,
 * then the next move; never a stack trace.
 */
public final class ImageFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    public ImageFailure(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    public ImageFailure(ExitStatus status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** What the command exits with. */
    public ExitStatus status() {
        return status;
    }
}

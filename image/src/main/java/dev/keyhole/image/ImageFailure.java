package dev.keyhole.image;

import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import org.jspecify.annotations.Nullable;

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

    public ImageFailure(ExitStatus status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** @param text what happened, and the next move; the code is put before it */
    public ImageFailure(ExitStatus status, Code code, String text) {
        this(status, code + ": " + text);
    }

    /** @param text what happened, and the next move; the code is put before it */
    public ImageFailure(ExitStatus status, Code code, String text, @Nullable Throwable cause) {
        this(status, code + ": " + text, cause);
    }

    /** What the command exits with. */
    public ExitStatus status() {
        return status;
    }
}

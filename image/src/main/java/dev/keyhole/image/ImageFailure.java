package dev.keyhole.image;

import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image cannot be read, built or pushed. The message is for the person at the terminal: a word code, what happened,
 * then the next move; never a stack trace.
 */
public final class ImageFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;
    private final @Nullable Code code;

    public ImageFailure(ExitStatus status, String message) {
        this(status, message, null);
    }

    public ImageFailure(ExitStatus status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = null;
    }

    /** @param text what happened, and the next move; the code is put before it */
    public ImageFailure(ExitStatus status, Code code, String text) {
        this(status, code, text, null);
    }

    /** @param text what happened, and the next move; the code is put before it */
    public ImageFailure(ExitStatus status, Code code, String text, @Nullable Throwable cause) {
        super(code + ": " + text, cause);
        this.status = status;
        this.code = code;
    }

    /** The word before the text, where there is one. */
    public Optional<Code> code() {
        return Optional.ofNullable(code);
    }

    /** What the command exits with. */
    public ExitStatus status() {
        return status;
    }
}

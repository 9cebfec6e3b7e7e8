package dev.keyhole.gateway.control;

import java.util.Objects;

/** A verb's arguments were not understood. The message says what would be. */
public final class UsageError extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageError(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

package dev.keyhole.gateway.control;

/** A verb's arguments were not understood. The message says what would be. */
public final class UsageError extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageError(String message) {
        super(message);
    }
}

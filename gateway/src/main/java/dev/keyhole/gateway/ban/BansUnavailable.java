package dev.keyhole.gateway.ban;

import java.util.Objects;

/** Bans could not be read or written; nothing of what was asked is kept. The message is for the operator. */
public final class BansUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public BansUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

package dev.keyhole.gateway.audit;

import java.util.Objects;

/** An event could not be brought to disk, so what it would have allowed must not happen. */
public final class AuditUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public AuditUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

package dev.keyhole.gateway.audit;

import java.util.Objects;

/** The audit's files or their index could not be read. */
public final class AuditUnreadable extends Exception {
    private static final long serialVersionUID = 1L;

    public AuditUnreadable(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

package dev.keyhole.gateway.audit;

import dev.keyhole.gateway.model.PrincipalName;
import java.util.List;

/** Where audit events go. Thread-safe. */
public interface AuditLog {
    /**
     * Returns when the event is on disk.
     *
     * @throws AuditUnavailable when it is not; then the caller must not do what the event allows
     */
    void write(AuditEvent event) throws AuditUnavailable;

    /**
     * Records something that has already happened and that no refusal can undo, such as an end. Never throws: a failure
     * is logged and shows in {@link #isAvailable}.
     */
    void record(AuditEvent event);

    /** Whether the last write reached the disk. */
    boolean isAvailable();

    /** The latest events about a principal, oldest first, as JSON lines; at most {@code limit}. */
    List<String> latest(PrincipalName principal, int limit);
}

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

    /**
     * The latest events that a principal caused, or that say what an operator did about it, oldest first, as JSON lines.
     *
     * @param limit how many at most; fewer also where the others lie more than some 200,000 events back
     */
    List<String> latest(PrincipalName principal, int limit);
}

package dev.keyhole.gateway.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds events quickly. It holds nothing that the audit's files do not hold, follows them, and may be thrown away.
 * Thread-safe; a call waits until the index has come up with what is on disk.
 */
public interface AuditIndex {
    /**
     * An event that was found.
     *
     * @param line as it was meant, with the names behind its pseudonyms
     */
    record Found(long sequence, String line) {}

    /** A key as it was used by one person from one address. */
    record KeyUse(
            String principal, String key, String source, long logins, String first, String last) {}

    /**
     * What was carried for one person.
     *
     * @param in from the person's clients
     * @param out to them
     */
    record Carried(String principal, long forwards, long in, long out) {}

    /** The events that a query asks for, oldest first. */
    List<Found> search(AuditQuery query) throws AuditUnreadable;

    /** Somebody was erased from what it reads: what it has copied is thrown away before this returns. */
    void forgetNames() throws AuditUnreadable;

    /** Which keys logged in from where, busiest first. */
    List<KeyUse> keys(Optional<Instant> since, Optional<Instant> until, int limit)
            throws AuditUnreadable;

    /** The bytes of everybody's forwards and commands that ended in that time, most first. */
    List<Carried> bytes(Optional<Instant> since, Optional<Instant> until, int limit)
            throws AuditUnreadable;
}

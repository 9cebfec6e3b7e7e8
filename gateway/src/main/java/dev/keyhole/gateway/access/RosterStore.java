package dev.keyhole.gateway.access;

import java.util.List;

/**
 * Keeps what operators decided. It knows no rules; {@link Principals} asks it only for what {@link Roster#with} allowed.
 * Thread-safe; it blocks on a disk.
 */
public interface RosterStore {
    /** Everything that is kept. Keys of {@link Origin#CONFIG} are not among it. */
    Roster load() throws StoreUnavailable;

    /** All of them or none, in order, on disk when it returns. */
    void apply(List<RosterChange> changes) throws StoreUnavailable;
}

package dev.keyhole.gateway.access;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The roster as it is now. A change is judged, then kept, then published, then told to listeners, in that order: what
 * is not on disk is never in force.
 *
 * <p>Thread-safe. {@link #now} never waits; changes wait for each other and for the disk.
 */
public final class Principals {
    private final RosterStore store;
    private final ReentrantLock changing =
            new ReentrantLock(); // held during the store's write: one writer
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Absentees absentees;
    private volatile Roster roster;

    private Principals(RosterStore store, Roster roster, Absentees absentees) {
        this.store = store;
        this.roster = roster;
        this.absentees = absentees;
    }

    /**
     * Reads the store and lays the config over it.
     *
     * @param configured principals and keys of {@link Origin#CONFIG}; their names win over those of the store
     * @throws RosterProblem when a key of the config is somebody else's in the store
     */
    public static Principals open(RosterStore store, ConfiguredRoster configured)
            throws StoreUnavailable, RosterProblem {
        Roster kept = store.load();
        ConfiguredRoster.Overlay overlay = configured.over(kept);
        store.apply(overlay.toKeep());
        return new Principals(store, overlay.roster(), new Absentees(kept, overlay.roster()));
    }

    /** What stands now; ask again for the next decision. */
    public Roster now() {
        return roster;
    }

    /**
     * Decides all of it or nothing.
     *
     * @throws RosterProblem when one contradicts what stands; nothing is changed then
     */
    public Roster change(List<RosterChange> changes) throws RosterProblem, StoreUnavailable {
        Roster after;
        changing.lock();
        try {
            after = roster.with(changes);
            store.apply(absentees.makingRoom(changes));
            absentees.forget(changes);
            roster = after;
        } finally {
            changing.unlock();
        }
        listeners.forEach(Runnable::run);
        return after;
    }

    /** Told after every change, on the changing thread; must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}

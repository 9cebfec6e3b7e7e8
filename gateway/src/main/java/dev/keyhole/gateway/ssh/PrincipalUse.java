package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Allowance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What one principal has open, over all its sessions. Thread-safe; its lock is never held during I/O. */
final class PrincipalUse {
    private final Throttle up;
    private final Throttle down;

    // Guarded by this.
    private final List<DoorSession> sessions = new ArrayList<>();
    private final List<ForwardPlace> forwards = new ArrayList<>();

    /** @param allowance as of now */
    PrincipalUse(Supplier<Allowance> allowance) {
        this.up = new Throttle(() -> allowance.get().bytesPerSecond());
        this.down = new Throttle(() -> allowance.get().bytesPerSecond());
    }

    /** Counts a session unless there are that many; one that is being ended has no claim. */
    synchronized boolean enter(DoorSession session, int most) {
        if (sessions().size() >= most) {
            return false;
        }
        return sessions.add(session);
    }

    synchronized void leave(DoorSession session) {
        sessions.remove(session);
    }

    /** Those that are not being ended, oldest first. */
    synchronized List<DoorSession> sessions() {
        return sessions.stream().filter(session -> session.ending().isEmpty()).toList();
    }

    /** Counts a forward unless there are that many. */
    synchronized boolean open(ForwardPlace forward, int most) {
        if (forwards.size() >= most) {
            return false;
        }
        return forwards.add(forward);
    }

    synchronized void close(ForwardPlace forward) {
        forwards.remove(forward);
    }

    /** Oldest first; also those that wait for their workspace. */
    synchronized List<ForwardPlace> forwards() {
        return List.copyOf(forwards);
    }

    /** From the clients to the services. */
    Throttle up() {
        return up;
    }

    /** From the services to the clients. */
    Throttle down() {
        return down;
    }
}

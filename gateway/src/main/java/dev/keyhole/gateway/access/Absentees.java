package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is kept but nobody, because the config does not name it any more. A lock waits for its return. Its name and keys
 * are free for others; who takes one ends the wait. Guarded by the lock of {@link Principals}.
 */
final class Absentees {
    private final Set<PrincipalName> names = new HashSet<>();
    private final Set<Fingerprint> keys = new HashSet<>();

    /** Everybody of a store who is not in force. */
    Absentees(Roster kept, Roster inForce) {
        for (Principal one : kept.principals()) {
            if (inForce.principal(one.name()).isEmpty()) {
                names.add(one.name());
                kept.keysOf(one.name()).forEach(key -> keys.add(key.key().fingerprint()));
            }
        }
    }

    /** What the store must be told for these changes: first that a name or key is free. */
    List<RosterChange> makingRoom(List<RosterChange> changes) {
        List<RosterChange> all = new ArrayList<>();
        for (RosterChange change : changes) {
            if (change instanceof RosterChange.AddPrincipal(var one)
                    && names.contains(one.name())) {
                all.add(new RosterChange.RemovePrincipal(one.name()));
            } else if (change instanceof RosterChange.AddKey(var one)
                    && keys.contains(one.key().fingerprint())) {
                all.add(new RosterChange.RemoveKey(one.key().fingerprint()));
            }
            all.add(change);
        }
        return all;
    }

    /** After these changes were kept. */
    void forget(List<RosterChange> changes) {
        for (RosterChange change : changes) {
            if (change instanceof RosterChange.AddPrincipal(var one)) {
                names.remove(one.name());
            } else if (change instanceof RosterChange.AddKey(var one)) {
                keys.remove(one.key().fingerprint());
            }
        }
    }
}

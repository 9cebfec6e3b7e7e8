package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * Every workspace that this door knows: one for each principal, however many sessions it has. It is known from the first
 * time that somebody asks for it. Thread-safe.
 */
public final class Workspaces {
    private final ConcurrentSkipListMap<PrincipalName, Workspace> byOwner =
            new ConcurrentSkipListMap<>();
    private final Function<PrincipalName, Workspace> make;

    /** @param make makes the workspace of a principal that is known; nothing runs in it yet */
    public Workspaces(Function<PrincipalName, Workspace> make) {
        this.make = make;
    }

    /** Those and no others. */
    public Workspaces(Collection<Workspace> workspaces) {
        this(owner -> {
            throw new IllegalArgumentException("No workspace for " + owner);
        });
        workspaces.forEach(workspace -> byOwner.put(workspace.owner(), workspace));
    }

    /** The workspace of a principal; every principal has one. */
    public Workspace of(PrincipalName owner) {
        Workspace known = byOwner.get(owner);
        if (known != null) {
            return known;
        }
        // Made outside of the map's own locks: it may ask the machine for an OS user.
        Workspace made = make.apply(owner);
        Workspace first = byOwner.putIfAbsent(owner, made);
        return first == null ? made : first;
    }

    public Collection<Workspace> all() {
        return List.copyOf(byOwner.values());
    }

    /**
     * Stops the workspace of a principal that is nobody any more, and returns when its processes are gone. It stays
     * known as a stopped one: a session that is about to end must not find a fresh one that it could start.
     */
    public void end(PrincipalName owner, String reason) {
        Workspace known = byOwner.get(owner);
        if (known != null) {
            known.stop(reason);
        }
    }
}

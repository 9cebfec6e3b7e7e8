package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every workspace that this door knows: one for each principal, however many sessions it has. Immutable. */
public final class Workspaces {
    private final Map<PrincipalName, Workspace> byOwner;

    public Workspaces(Collection<Workspace> workspaces) {
        byOwner =
                workspaces.stream()
                        .collect(
                                Collectors.toMap(
                                        Workspace::owner,
                                        Function.identity(),
                                        (a, b) -> a,
                                        TreeMap::new));
    }

    /** The workspace of a principal; every principal has one. */
    public Workspace of(PrincipalName owner) {
        Workspace workspace = byOwner.get(owner);
        if (workspace == null) {
            throw new IllegalArgumentException("No workspace for " + owner);
        }
        return workspace;
    }

    public Collection<Workspace> all() {
        return byOwner.values();
    }
}

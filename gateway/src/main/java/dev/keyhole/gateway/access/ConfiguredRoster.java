package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The principals and keys of the config. They are laid over the store at every start: what stands in the config holds,
 * what was decided about it by verbs (a lock, limits, further keys) holds too, and one that left the config is nobody
 * until it comes back.
 *
 * @param keys by principal
 * @param shells whether a principal may have a shell, of those for which the config says so
 * @param at when the config was read
 */
public record ConfiguredRoster(
        Map<PrincipalName, ? extends Collection<AuthorizedKey>> keys,
        Map<PrincipalName, Boolean> shells,
        Instant at) {

    /** A config that says nothing about shells. */
    public ConfiguredRoster(
            Map<PrincipalName, ? extends Collection<AuthorizedKey>> keys, Instant at) {
        this(keys, Map.of(), at);
    }

    /** A roster, and what the store must still learn. */
    record Overlay(Roster roster, List<RosterChange> toKeep) {}

    /** The roster of a config alone, without a store. */
    public Roster alone() throws RosterProblem {
        return over(Roster.EMPTY).roster();
    }

    Overlay over(Roster stored) throws RosterProblem {
        SortedMap<PrincipalName, Principal> principals = new TreeMap<>();
        List<RosterChange> toKeep = new ArrayList<>();
        stored.principals().stream()
                .filter(known -> known.origin() == Origin.STORE || keys.containsKey(known.name()))
                .forEach(known -> principals.put(known.name(), known));
        for (PrincipalName name : new TreeMap<>(keys).keySet()) {
            Principal known = principals.get(name);
            Principal wanted = wanted(name, known);
            if (known == null) {
                toKeep.add(new RosterChange.AddPrincipal(wanted));
            } else if (!known.equals(wanted)) {
                toKeep.add(new RosterChange.ReplacePrincipal(wanted));
            }
            principals.put(name, wanted);
        }
        Map<Fingerprint, EnrolledKey> all = new HashMap<>();
        for (EnrolledKey key : stored.keys.values()) {
            if (principals.containsKey(key.owner())) {
                all.put(key.key().fingerprint(), key);
            }
        }
        for (var entry : keys.entrySet()) {
            for (AuthorizedKey key : entry.getValue()) {
                overlay(all, entry.getKey(), key);
            }
        }
        return new Overlay(
                new Roster(principals, all, stored.authorities, stored.revoked, stored.services),
                toKeep);
    }

    private Principal wanted(PrincipalName name, @Nullable Principal known) {
        Principal ours =
                known == null
                        ? Principal.member(name, Origin.CONFIG, at)
                        : known.withOrigin(Origin.CONFIG);
        Boolean shell = shells.get(name);
        return shell == null ? ours : ours.withShell(shell);
    }

    private void overlay(Map<Fingerprint, EnrolledKey> all, PrincipalName owner, AuthorizedKey key)
            throws RosterProblem {
        EnrolledKey before = all.get(key.fingerprint());
        if (before != null && !before.owner().equals(owner)) {
            throw new RosterProblem(
                    "The key "
                            + key.fingerprint()
                            + " of "
                            + owner
                            + " in the config belongs to "
                            + before.owner()
                            + "; a key names one principal. Remove one of them.");
        }
        all.put(
                key.fingerprint(),
                new EnrolledKey(owner, key, "", java.util.Optional.empty(), Origin.CONFIG, at));
    }
}

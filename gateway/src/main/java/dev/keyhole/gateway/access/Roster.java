package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everybody who is known at one moment, and what was decided about them. Immutable; a change makes another one. */
public final class Roster {
    public static final Roster EMPTY =
            new Roster(
                    new TreeMap<>(), new HashMap<>(), new TreeMap<>(), List.of(), new TreeMap<>());

    // Never changed after the constructor.
    final SortedMap<PrincipalName, Principal> principals;
    final Map<Fingerprint, EnrolledKey> keys;
    final SortedMap<String, Authority> authorities;
    final List<RevokedCertificate> revoked;
    final SortedMap<ServiceName, SharedService> services;

    Roster(
            SortedMap<PrincipalName, Principal> principals,
            Map<Fingerprint, EnrolledKey> keys,
            SortedMap<String, Authority> authorities,
            List<RevokedCertificate> revoked,
            SortedMap<ServiceName, SharedService> services) {
        this.principals = principals;
        this.keys = keys;
        this.authorities = authorities;
        this.revoked = revoked;
        this.services = services;
    }

    /**
     * The same after some changes, in order.
     *
     * @throws RosterProblem for the first one that is not possible
     */
    public Roster with(List<RosterChange> changes) throws RosterProblem {
        RosterEdit edit = new RosterEdit(this);
        for (RosterChange change : changes) {
            edit.apply(change);
        }
        return edit.done();
    }

    /** Whether any login name will do, because there is only one principal that could be meant. */
    public boolean anyLogin() {
        return principals.size() == 1;
    }

    public Optional<Principal> principal(PrincipalName name) {
        return Optional.ofNullable(principals.get(name));
    }

    /** By name. */
    public List<Principal> principals() {
        return List.copyOf(principals.values());
    }

    public Optional<EnrolledKey> key(Fingerprint fingerprint) {
        return Optional.ofNullable(keys.get(fingerprint));
    }

    /** Of one principal, oldest first. */
    public List<EnrolledKey> keysOf(PrincipalName owner) {
        List<EnrolledKey> owned = new ArrayList<>();
        keys.values().stream().filter(key -> key.owner().equals(owner)).forEach(owned::add);
        owned.sort(
                java.util.Comparator.comparing(EnrolledKey::added)
                        .thenComparing(key -> key.key().fingerprint().value()));
        return Collections.unmodifiableList(owned);
    }

    /** How many keys there are in all. */
    public int keyCount() {
        return keys.size();
    }

    public List<Authority> authorities() {
        return List.copyOf(authorities.values());
    }

    public Optional<Authority> authority(String name) {
        return Optional.ofNullable(authorities.get(name));
    }

    /** The one whose key that is. */
    public Optional<Authority> authority(Fingerprint key) {
        return authorities.values().stream()
                .filter(authority -> authority.fingerprint().equals(key))
                .findFirst();
    }

    public List<RevokedCertificate> revoked() {
        return revoked;
    }

    public List<SharedService> services() {
        return List.copyOf(services.values());
    }

    public Optional<SharedService> service(ServiceName name) {
        return Optional.ofNullable(services.get(name));
    }
}

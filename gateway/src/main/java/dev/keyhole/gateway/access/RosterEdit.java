package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes one roster out of another, and knows which changes contradict what stands. Used once, by one thread. */
final class RosterEdit {
    private final SortedMap<PrincipalName, Principal> principals;
    private final Map<Fingerprint, EnrolledKey> keys;
    private final SortedMap<String, Authority> authorities;
    private final List<RevokedCertificate> revoked;
    private final SortedMap<ServiceName, SharedService> services;

    RosterEdit(Roster before) {
        principals = new TreeMap<>(before.principals);
        keys = new HashMap<>(before.keys);
        authorities = new TreeMap<>(before.authorities);
        revoked = new ArrayList<>(before.revoked);
        services = new TreeMap<>(before.services);
    }

    Roster done() {
        return new Roster(principals, keys, authorities, List.copyOf(revoked), services);
    }

    void apply(RosterChange change) throws RosterProblem {
        switch (change) {
            case RosterChange.AddPrincipal(Principal principal) -> {
                require(
                        principals.putIfAbsent(principal.name(), principal) == null,
                        "There is a principal " + principal.name() + " already.");
            }
            case RosterChange.ReplacePrincipal(Principal principal) -> {
                existing(principal.name());
                principals.put(principal.name(), principal);
            }
            case RosterChange.RemovePrincipal(PrincipalName name) -> remove(name);
            case RosterChange.AddKey(EnrolledKey key) -> add(key);
            case RosterChange.RemoveKey(Fingerprint key) -> remove(key);
            case RosterChange.AddAuthority(Authority authority) -> add(authority);
            case RosterChange.RemoveAuthority(String name) -> {
                require(
                        authorities.remove(name) != null,
                        "There is no certificate authority " + name + ".");
                revoked.removeIf(one -> one.authority().equals(name));
            }
            case RosterChange.RevokeCertificate(RevokedCertificate certificate) -> {
                require(
                        authorities.containsKey(certificate.authority()),
                        "There is no certificate authority " + certificate.authority() + ".");
                revoked.add(certificate);
            }
            case RosterChange.AddService(SharedService service) -> {
                for (PrincipalName grantee : service.grantees()) {
                    existing(grantee);
                }
                require(
                        services.putIfAbsent(service.name(), service) == null,
                        "There is a service " + service.name() + " already.");
            }
            case RosterChange.RemoveService(ServiceName name) ->
                    require(services.remove(name) != null, noService(name));
            case RosterChange.GrantService(ServiceName name, PrincipalName grantee) -> {
                existing(grantee);
                regrant(name, grantee, true);
            }
            case RosterChange.WithdrawService(ServiceName name, PrincipalName grantee) ->
                    regrant(name, grantee, false);
        }
    }

    private void remove(PrincipalName name) throws RosterProblem {
        require(
                existing(name).origin() == Origin.STORE,
                name + " stands in the config; take it out there.");
        principals.remove(name);
        keys.values().removeIf(key -> key.owner().equals(name));
        for (SharedService service : List.copyOf(services.values())) {
            if (service.grantees().contains(name)) {
                regrant(service.name(), name, false);
            }
        }
    }

    private void add(EnrolledKey key) throws RosterProblem {
        existing(key.owner());
        Fingerprint fingerprint = key.key().fingerprint();
        for (Authority authority : authorities.values()) {
            require(
                    !authority.fingerprint().equals(fingerprint),
                    "The key "
                            + fingerprint
                            + " is the certificate authority "
                            + authority.name()
                            + ".");
        }
        EnrolledKey before = keys.putIfAbsent(fingerprint, key);
        if (before != null) {
            throw new RosterProblem(
                    before.owner().equals(key.owner())
                            ? key.owner() + " has the key " + fingerprint + " already."
                            : "The key "
                                    + fingerprint
                                    + " belongs to "
                                    + before.owner()
                                    + "; a key names one principal.");
        }
    }

    private void remove(Fingerprint fingerprint) throws RosterProblem {
        EnrolledKey key = keys.get(fingerprint);
        if (key == null) {
            throw new RosterProblem("There is no key " + fingerprint + ".");
        }
        require(
                key.origin() == Origin.STORE,
                "The key " + fingerprint + " stands in the config; take it out there.");
        keys.remove(fingerprint);
    }

    private void add(Authority authority) throws RosterProblem {
        require(
                !keys.containsKey(authority.fingerprint()),
                "The key "
                        + authority.fingerprint()
                        + " is a person's; an authority needs its own.");
        for (Authority other : authorities.values()) {
            require(
                    !other.fingerprint().equals(authority.fingerprint()),
                    "That key is the certificate authority " + other.name() + " already.");
        }
        require(
                authorities.putIfAbsent(authority.name(), authority) == null,
                "There is a certificate authority " + authority.name() + " already.");
    }

    private void regrant(ServiceName name, PrincipalName grantee, boolean granted)
            throws RosterProblem {
        SharedService service = services.get(name);
        if (service == null) {
            throw new RosterProblem(noService(name));
        }
        Set<PrincipalName> grantees = new HashSet<>(service.grantees());
        require(
                granted ? grantees.add(grantee) : grantees.remove(grantee),
                grantee
                        + (granted
                                ? " may reach " + name + " already."
                                : " may not reach " + name + " anyway."));
        services.put(
                name,
                new SharedService(
                        name, service.asked(), service.address(), grantees, service.added()));
    }

    private Principal existing(PrincipalName name) throws RosterProblem {
        Principal principal = principals.get(name);
        if (principal == null) {
            throw new RosterProblem(
                    "There is no principal " + name + "; see `keyhole principal list`.");
        }
        return principal;
    }

    private static String noService(ServiceName name) {
        return "There is no shared service " + name + "; see `keyhole service list`.";
    }

    private static void require(boolean holds, String problem) throws RosterProblem {
        if (!holds) {
            throw new RosterProblem(problem);
        }
    }
}

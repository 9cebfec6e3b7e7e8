package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which key is whose. A key is found by its whole blob, so an attacker's key is never parsed, let alone computed with.
 *
 * <p>Immutable, therefore thread-safe.
 */
public final class KeyRing {
    /** The login name that every principal may use, because the key alone names the principal. */
    public static final String SHARED_LOGIN = "keyhole";

    private record Enrolled(PrincipalName principal, AuthorizedKey key) {}

    private final Map<Fingerprint, Enrolled> byFingerprint = new HashMap<>();
    private final boolean anyLogin;

    /**
     * @throws IllegalArgumentException when two principals share a key: then the key would name nobody
     */
    public KeyRing(Map<PrincipalName, ? extends Collection<AuthorizedKey>> keys) {
        anyLogin = keys.size() == 1;
        keys.forEach((principal, owned) -> owned.forEach(key -> enrol(principal, key)));
    }

    private void enrol(PrincipalName principal, AuthorizedKey key) {
        Enrolled before =
                byFingerprint.putIfAbsent(key.fingerprint(), new Enrolled(principal, key));
        if (before != null && !before.principal().equals(principal)) {
            throw new IllegalArgumentException(
                    "The key "
                            + key.fingerprint()
                            + " is listed for "
                            + before.principal()
                            + " and for "
                            + principal
                            + "; a key names one principal");
        }
    }

    /** How many keys there are. */
    public int size() {
        return byFingerprint.size();
    }

    /**
     * Answers an offered public key, signed or not.
     *
     * @param login as the client sent it; with several principals it must be the principal's name or {@link
     *     #SHARED_LOGIN}
     * @param blob the key in the wire format of RFC 4253, section 6.6
     */
    public KeyAnswer offer(Arrival arrival, String login, byte[] blob) {
        Enrolled enrolled = byFingerprint.get(Fingerprint.of(blob));
        if (enrolled == null) {
            return new KeyAnswer.Unknown("key not enrolled");
        }
        if (!anyLogin
                && !login.equals(SHARED_LOGIN)
                && !login.equals(enrolled.principal().value())) {
            return new KeyAnswer.Unknown(
                    "key of " + enrolled.principal() + " under another login name");
        }
        if (!enrolled.key().permits(arrival.source().address())) {
            return new KeyAnswer.Unknown("key of " + enrolled.principal() + " outside its from=");
        }
        return new Candidate(arrival, enrolled.principal(), enrolled.key(), login);
    }
}

package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which key is whose. A key is found by its whole blob, so an attacker's key is never parsed, let alone computed with.
 *
 * <p>Thread-safe.
 */
public final class KeyRing {
    /** The login name that every principal may use, because the key alone names the principal. */
    public static final String SHARED_LOGIN = "keyhole";

    private final Supplier<Roster> roster;

    /** @param roster what stands now; asked at every offer */
    public KeyRing(Supplier<Roster> roster) {
        this.roster = roster;
    }

    /**
     * Answers an offered public key, signed or not.
     *
     * @param login as the client sent it; with several principals it must be the principal's name or {@link
     *     #SHARED_LOGIN}
     * @param blob the key in the wire format of RFC 4253, section 6.6
     */
    public KeyAnswer offer(Arrival arrival, String login, byte[] blob) {
        Roster now = roster.get();
        Optional<EnrolledKey> found = now.key(Fingerprint.of(blob));
        if (found.isEmpty()) {
            return new KeyAnswer.Unknown("key not enrolled");
        }
        EnrolledKey enrolled = found.get();
        if (!now.anyLogin()
                && !login.equals(SHARED_LOGIN)
                && !login.equals(enrolled.owner().value())) {
            return new KeyAnswer.Unknown(
                    "key of " + enrolled.owner() + " under another login name");
        }
        if (!enrolled.key().permits(arrival.source().address())) {
            return new KeyAnswer.Unknown("key of " + enrolled.owner() + " outside its from=");
        }
        return new Candidate(arrival, enrolled.owner(), enrolled.key(), login);
    }
}

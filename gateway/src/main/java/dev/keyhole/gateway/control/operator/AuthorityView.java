package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Authority;
import dev.keyhole.gateway.access.RevokedCertificate;
import dev.keyhole.gateway.access.Roster;
import java.time.Instant;
import java.util.List;

/**
 * A certificate authority as lists and {@code --json} show it.
 *
 * @param revoked its certificates that are refused although it is accepted
 */
record AuthorityView(
        String name,
        String fingerprint,
        String type,
        String comment,
        Instant added,
        List<RevokedCertificate> revoked) {
    static AuthorityView of(Authority authority, Roster roster) {
        return new AuthorityView(
                authority.name(),
                authority.fingerprint().value(),
                authority.key().type().sshName(),
                authority.key().comment(),
                authority.added(),
                roster.revoked().stream()
                        .filter(one -> one.authority().equals(authority.name()))
                        .toList());
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    static String checkedName(String name) {
        if (!name.matches("[a-z][a-z0-9_-]{0,23}")) {
            throw new IllegalArgumentException(
                    "an authority's name is 1-24 of a-z, 0-9, _ and -, starting with a letter");
        }
        return name;
    }

    /** The authority that a request names. */
    static Authority named(RosterDesk desk, Fields fields) throws OperatorRefusal {
        String name = fields.needed("name");
        return desk.now()
                .authority(name)
                .orElseThrow(() ->
                        OperatorRefusal.unknown(
                                "There is no certificate authority of that name; see `keyhole ca list`."));
    }
}

package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who may log in, with what was decided about it. Immutable.
 *
 * @param shell whether shell, commands, sftp, scp and rsync are granted, inside its workspace
 * @param osUser the existing account that its code runs as; absent means {@code keyhole-NAME}
 * @param expiry from when on it is nobody any more
 * @param lock present while it is locked out
 * @param origin where it stands
 * @param added when it was made; for one of the config, when the store first saw it
 */
public record Principal(
        PrincipalName name,
        Role role,
        boolean shell,
        Optional<String> osUser,
        Optional<Instant> expiry,
        Optional<Lock> lock,
        PrincipalLimits limits,
        Origin origin,
        Instant added) {
    /** A member without shell and limits. */
    public static Principal member(PrincipalName name, Origin origin, Instant added) {
        return new Principal(
                name,
                Role.MEMBER,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PrincipalLimits.NONE,
                origin,
                added);
    }

    public Principal withLock(Optional<Lock> other) {
        return new Principal(name, role, shell, osUser, expiry, other, limits, origin, added);
    }

    public Principal withRole(Role other) {
        return new Principal(name, other, shell, osUser, expiry, lock, limits, origin, added);
    }

    public Principal withShell(boolean other) {
        return new Principal(name, role, other, osUser, expiry, lock, limits, origin, added);
    }

    public Principal withOsUser(Optional<String> other) {
        return new Principal(name, role, shell, other, expiry, lock, limits, origin, added);
    }

    public Principal withExpiry(Optional<Instant> other) {
        return new Principal(name, role, shell, osUser, other, lock, limits, origin, added);
    }

    public Principal withLimits(PrincipalLimits other) {
        return new Principal(name, role, shell, osUser, expiry, lock, other, origin, added);
    }

    public Principal withOrigin(Origin other) {
        return new Principal(name, role, shell, osUser, expiry, lock, limits, other, added);
    }
}

package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.ban.Guard;
import dev.keyhole.gateway.ban.Offence;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a connection without a login is punished for. A refusal to somebody who proved a key is no offence: the key was
 * good, only the moment was not.
 */
final class Offences {
    private final Predicate<String> isKnownLogin;

    Offences(Predicate<String> isKnownLogin) {
        this.isKnownLogin = isKnownLogin;
    }

    /** Of a connection that has ended; empty when its source did nothing wrong. */
    Optional<Offence> of(DoorSession session, long nanos) {
        Optional<Code> code = session.ending().map(Refusal::code);
        if (code.isPresent()) {
            return of(code.get(), session, nanos);
        }
        return Optional.of(session.tries().failures() > 0 ? failed(session) : Offence.NO_AUTH);
    }

    private Optional<Offence> of(Code code, DoorSession session, long nanos) {
        return switch (code) {
            case PROTOCOL_VIOLATION -> Optional.of(Offence.VIOLATION);
            case LOGIN_TIMEOUT, KEX_TIMEOUT -> Optional.of(Offence.LOGIN_TIMEOUT);
            case TOO_MANY_TRIES -> Optional.of(failed(session));
            case CERTIFICATE_REVOKED -> Optional.of(Offence.REVOKED);
            // It had to go for another one, after more time than an honest client needs.
            case DOOR_BUSY ->
                    Guard.isStale(session.ticket(), nanos)
                            ? Optional.of(Offence.NO_AUTH)
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Offence failed(DoorSession session) {
        return isKnownLogin.test(session.tries().login())
                ? Offence.AUTH_FAILED
                : Offence.UNKNOWN_USER;
    }
}

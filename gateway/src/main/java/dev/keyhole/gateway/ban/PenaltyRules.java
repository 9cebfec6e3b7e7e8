package dev.keyhole.gateway.ban;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How penalties are counted, with the meaning of OpenSSH's PerSourcePenalties.
 *
 * @param amounts what each offence costs
 * @param least a penalty above that is enforced, one up to it only remembered
 * @param most no penalty grows beyond that
 * @param sources how many sources of each family are remembered
 */
public record PenaltyRules(
        Map<Offence, Duration> amounts, Duration least, Duration most, int sources) {
    /** OpenSSH's default too, for either family. */
    public static final int MOST_SOURCES = 65_536;

    public PenaltyRules {
        amounts = new EnumMap<>(amounts);
        if (amounts.size() != Offence.values().length) {
            throw new IllegalArgumentException("Each offence has its price");
        }
    }

    /** With one price for failed logins of known and of unknown people. */
    public static PenaltyRules of(
            int sources,
            Duration authFailed,
            Duration noAuth,
            Duration loginTimeout,
            Duration revoked,
            Duration violation,
            Duration least,
            Duration most) {
        return new PenaltyRules(
                Map.of(
                        Offence.AUTH_FAILED, authFailed,
                        Offence.UNKNOWN_USER, authFailed,
                        Offence.NO_AUTH, noAuth,
                        Offence.LOGIN_TIMEOUT, loginTimeout,
                        Offence.REVOKED, revoked,
                        Offence.VIOLATION, violation),
                least,
                most,
                sources);
    }

    /** OpenSSH's amounts. */
    public static PenaltyRules usual() {
        return of(
                MOST_SOURCES,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(90),
                Duration.ofSeconds(15),
                Duration.ofMinutes(10));
    }

    long nanos(Offence offence) {
        return amounts.getOrDefault(offence, Duration.ZERO).toNanos();
    }
}

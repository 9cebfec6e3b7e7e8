package dev.keyhole.gateway.ban;

import java.util.Locale;

/**
 * Why a connection ended without a login: the classes of OpenSSH's PerSourcePenalties (sshd_config(5)). One connection
 * is one offence at most, however many keys it offered.
 */
public enum Offence {
    /** It tried, and no key was accepted. */
    AUTH_FAILED,
    /** The same with a login name that nobody has. It costs the same, or penalties would tell who is known here. */
    UNKNOWN_USER,
    /** It tried nothing at all. */
    NO_AUTH,
    /** It was not finished in time. */
    LOGIN_TIMEOUT,
    /** It proved a certificate that was revoked. */
    REVOKED,
    /** It broke the protocol, which no honest client does. */
    VIOLATION;

    /** As operators and the audit read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

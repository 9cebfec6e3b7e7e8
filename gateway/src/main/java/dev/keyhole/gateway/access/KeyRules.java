package dev.keyhole.gateway.access;

import java.time.ZoneId;

/**
 * What decides whether a line is usable besides the line itself.
 *
 * @param rsaMin the fewest bits of an RSA modulus
 * @param zone in which an {@code expiry-time} without {@code Z} is meant: the machine's, as in sshd
 * @param honoursLimits whether {@code restrict}, {@code no-port-forwarding} and {@code permitopen=} limit the key; otherwise
 *     they skip its line, for files in which somebody may have meant another server
 */
public record KeyRules(int rsaMin, ZoneId zone, boolean honoursLimits) {
    /** The fewest bits when nobody chose otherwise. */
    public static final int USUAL_RSA_MIN = 3072;

    /** The weakest choice that an operator can make. */
    public static final int LOWEST_RSA_MIN = 2048;

    public KeyRules {
        if (rsaMin < LOWEST_RSA_MIN) {
            throw new IllegalArgumentException("RSA below 2048 bits is never accepted");
        }
    }

    /** Every limit that a line may set is honoured. */
    public KeyRules(int rsaMin, ZoneId zone) {
        this(rsaMin, zone, true);
    }

    /** The same, but a line with a limit that speaks of a server's whole work is skipped. */
    public KeyRules skippingLimits() {
        return new KeyRules(rsaMin, zone, false);
    }

    /** The usual strength, with times in the machine's zone. */
    public static KeyRules usual() {
        return new KeyRules(USUAL_RSA_MIN, ZoneId.systemDefault());
    }
}

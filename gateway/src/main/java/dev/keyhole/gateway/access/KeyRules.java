package dev.keyhole.gateway.access;

import java.time.ZoneId;

/**
 * What decides whether a line is usable besides the line itself.
 *
 * @param rsaMin the fewest bits of an RSA modulus
 * @param zone in which an {@code expiry-time} without {@code Z} is meant: the machine's, as in sshd
 */
public record KeyRules(int rsaMin, ZoneId zone) {
    /** The fewest bits when nobody chose otherwise. */
    public static final int USUAL_RSA_MIN = 3072;

    /** The weakest choice that an operator can make. */
    public static final int LOWEST_RSA_MIN = 2048;

    public KeyRules {
        if (rsaMin < LOWEST_RSA_MIN) {
            throw new IllegalArgumentException("RSA below 2048 bits is never accepted");
        }
    }

    /** The usual strength, with times in the machine's zone. */
    public static KeyRules usual() {
        return new KeyRules(USUAL_RSA_MIN, ZoneId.systemDefault());
    }
}

package dev.keyhole.image.base;

/** How a registry can be spoken to. */
public enum Reach {
    /** TLS, with a certificate that this machine trusts. */
    VERIFIED,
    /** TLS with a certificate that nobody vouches for; only where it was chosen by {@code --insecure}. */
    UNVERIFIED,
    /** Plain HTTP; only on loopback, or where it was chosen by {@code --insecure}. */
    PLAIN;

    /** Whether jib must be told that it may leave the safe way. */
    public boolean insecure() {
        return this != VERIFIED;
    }
}

package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Fingerprint;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A public key that may log in, with the limits that its line sets. Only {@link AuthorizedKeysLine#parse} makes one, so
 * its blob is well-formed and strong enough. Immutable.
 */
public final class AuthorizedKey {
    private final KeyType type;
    private final byte[] blob;
    private final String comment;
    private final LineOptions options;
    private final Fingerprint fingerprint;

    AuthorizedKey(KeyType type, byte[] blob, String comment, LineOptions options) {
        this.type = type;
        this.blob = blob.clone();
        this.comment = comment;
        this.options = options;
        this.fingerprint = Fingerprint.of(blob);
    }

    public KeyType type() {
        return type;
    }

    /** The key in the wire format of RFC 4253, section 6.6; a copy. */
    public byte[] blob() {
        return blob.clone();
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** What the owner wrote after the key; untrusted text, may be empty. */
    public String comment() {
        return comment;
    }

    /** From when on the key is no longer accepted. */
    public Optional<Instant> expiry() {
        return options.expiry();
    }

    /** Where the key may be used, as its line says; absent means anywhere. */
    public Optional<String> from() {
        return options.from().map(SourcePatterns::toString);
    }

    /** Whether the key may be used from that address. */
    public boolean permits(InetAddress source) {
        return options.from().map(patterns -> patterns.permit(source)).orElse(true);
    }

    /** Whether a security key's signature must attest that its owner was verified, by PIN or finger. */
    public boolean requiresVerification() {
        return options.verifyRequired();
    }

    /** Whether a security key's signature must attest a touch. */
    public boolean requiresTouch() {
        return !options.noTouchRequired();
    }

    /** Whether it may open forwards at all: {@code restrict} and {@code no-port-forwarding}. */
    public boolean permitsForwarding() {
        return options.forwarding();
    }

    /** Whether it may have a terminal: {@code restrict} and {@code no-pty}. */
    public boolean permitsPty() {
        return options.pty();
    }

    /** The only destinations of its forwards, by {@code permitopen=}; empty means all of its principal's. */
    List<PermittedOpen> permittedOpen() {
        return options.open();
    }

    /** Type, fingerprint and comment, for a list. */
    @Override
    public String toString() {
        return type.sshName() + " " + fingerprint + (comment.isEmpty() ? "" : " " + comment);
    }
}

package dev.keyhole.gateway.access;

import java.util.Optional;

/** What a principal proves itself with. Immutable. */
sealed interface Credential {
    /** The key that signs. */
    AuthorizedKey key();

    /** Whether it may open forwards at all. */
    boolean permitsForwarding();

    /** Whether a shell that it opens may have a terminal. */
    boolean permitsPty();

    /** A key of the roster. */
    record Enrolled(AuthorizedKey key) implements Credential {
        @Override
        public boolean permitsForwarding() {
            return key.permitsForwarding();
        }

        @Override
        public boolean permitsPty() {
            return key.permitsPty();
        }
    }

    /**
     * A key that an authority of the roster certified.
     *
     * @param authority its name
     */
    record Certified(AuthorizedKey key, UserCertificate certificate, String authority)
            implements Credential {
        @Override
        public boolean permitsForwarding() {
            return certificate.permitsForwarding();
        }

        @Override
        public boolean permitsPty() {
            return certificate.permitsPty();
        }
    }

    /** The certificate, if it is one. */
    default Optional<Certified> certified() {
        return this instanceof Certified one ? Optional.of(one) : Optional.empty();
    }
}

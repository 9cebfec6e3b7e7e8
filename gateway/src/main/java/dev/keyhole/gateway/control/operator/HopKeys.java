package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import java.io.IOException;

/** The keys of attaching a host: those that it proves, and those that the door shows. Thread-safe; blocks for the disk. */
public interface HopKeys {
    /**
     * A key of the door's own.
     *
     * @param publicLine what the host's authorized_keys needs
     */
    record Identity(String publicLine, Fingerprint fingerprint) {}

    /**
     * Reads a host key as known_hosts or authorized_keys has it.
     *
     * @throws IllegalArgumentException with a sentence, when it is none
     */
    Fingerprint hostKey(String line);

    /** The private key for that principal's host; made when there is none. */
    Identity made(PrincipalName owner) throws IOException;

    /**
     * The same with a key that was given, in place of another one.
     *
     * @param text OpenSSH's format, without a passphrase
     * @throws IOException with a reason for people
     */
    Identity given(PrincipalName owner, String text) throws IOException;

    /** There is none any more. */
    void forget(PrincipalName owner) throws IOException;
}

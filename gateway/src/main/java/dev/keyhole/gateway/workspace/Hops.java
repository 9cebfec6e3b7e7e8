package dev.keyhole.gateway.workspace;

/**
 * Reaches what lies behind SSH servers. The door keeps one session with each of them, shared by everybody who needs it, and
 * opens it again when it broke; there is no more than one try at a time.
 *
 * <p>Only the pinned host key is accepted and only the one identity is shown: no agent, no known_hosts, no configuration of
 * the OS user. Thread-safe; every method but {@link #close} may block, for {@code 10 s} at most until a session stands and
 * {@code 10 s} for the host's answer.
 */
public interface Hops {
    /**
     * Opens a {@code direct-tcpip} channel (RFC 4254, section 7.2).
     *
     * @param destination a name or an address that the host resolves; mostly {@code localhost}
     * @param port 1-65535
     * @throws HopFailure HOST_UNREACHABLE, HOST_KEY_CHANGED or HOST_LOGIN_REFUSED when no session stands; the host's own
     *     code when it refuses the channel with one; else SERVICE_NOT_READY
     */
    ByteStream connect(SshHost host, String destination, int port)
            throws HopFailure, InterruptedException;

    /**
     * Runs a command there, in a session channel (RFC 4254, section 6).
     *
     * @throws HopFailure as with {@link #connect}; SESSION_REQUEST_REFUSED when the host runs no such thing for us
     */
    RunningCommand exec(SshHost host, Command command) throws HopFailure, InterruptedException;

    /**
     * Runs a line there that ends soon, such as {@code keyhole status --json}, without input.
     *
     * @return what it printed, at most a megabyte
     * @throws HopFailure as with {@link #exec}; COMMAND_FAILED when it ends badly, says too much, or takes longer than 10 s
     */
    String ask(SshHost host, String line) throws HopFailure, InterruptedException;

    /** Ends the session with that host, and everything that goes through it; the next use opens another. Returns at once. */
    void close(SshHost host);
}

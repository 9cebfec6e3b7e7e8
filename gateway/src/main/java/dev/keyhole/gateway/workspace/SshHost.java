package dev.keyhole.gateway.workspace;

import java.nio.file.Path;

/**
 * An SSH server behind which a workspace is: the inner door of a container, or a host that an operator attached. The door
 * keeps one session with it and reaches services through that.
 *
 * @param place where it listens
 * @param user the login name there
 * @param hostKey the only host key that it may prove, as a line of authorized_keys has it: {@code ssh-ed25519 AAAA…}
 * @param identity the file of the private key that logs in, in OpenSSH's format; readable by the door's user only
 */
public record SshHost(Place place, String user, String hostKey, Path identity) {
    /** Where an SSH server listens. */
    public sealed interface Place {
        /**
         * A unix socket.
         *
         * @param socket absolute path, at most 107 bytes (unix(7))
         */
        record Socket(Path socket) implements Place {
            @Override
            public String toString() {
                return socket.toString();
            }
        }

        /**
         * A port of another machine, or of this one.
         *
         * @param host a name or an address, as the operator wrote it
         * @param port 1-65535
         */
        record Tcp(String host, int port) implements Place {
            @Override
            public String toString() {
                return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
            }
        }
    }
}

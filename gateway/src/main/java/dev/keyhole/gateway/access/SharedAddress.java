package dev.keyhole.gateway.access;

import java.net.InetAddress;
import java.nio.file.Path;

/** Where a shared service is: pinned, never a name. */
public sealed interface SharedAddress {
    /** @param port 1-65535 */
    record Tcp(InetAddress address, int port) implements SharedAddress {
        @Override
        public String toString() {
            return (address.getAddress().length == 16
                            ? "[" + address.getHostAddress() + "]"
                            : address.getHostAddress())
                    + ":"
                    + port;
        }
    }

    /** @param socket absolute, at most 107 bytes (unix(7)) */
    record Unix(Path socket) implements SharedAddress {
        @Override
        public String toString() {
            return socket.toString();
        }
    }
}

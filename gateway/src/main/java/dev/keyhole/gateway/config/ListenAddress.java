package dev.keyhole.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.model.AddressBlock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the door listens: an address of this machine and a port, {@code 0.0.0.0:2222} or {@code [::]:2222}; or a unix
 * socket, {@code unix:/keyhole/run/door.sock}, as the doors inside of containers do. Port 0 lets the kernel choose. Names
 * are not looked up.
 *
 * @param address loopback where it is a socket
 * @param port 0 where it is a socket
 */
public record ListenAddress(InetAddress address, int port, Optional<Path> socket) {
    private static final String UNIX = "unix:";

    /** unix(7). */
    private static final int LONGEST_SOCKET_PATH = 107;

    public ListenAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("There is no port " + port + "; ports are 0-65535");
        }
    }

    public ListenAddress(InetAddress address, int port) {
        this(address, port, Optional.empty());
    }

    /**
     * A unix socket.
     *
     * @throws IllegalArgumentException with a sentence for a person: relative, or longer than the kernel takes
     */
    public static ListenAddress socket(Path socket) {
        if (!socket.isAbsolute()
                || socket.toString().getBytes(UTF_8).length > LONGEST_SOCKET_PATH) {
            throw new IllegalArgumentException(
                    "'"
                            + socket
                            + "' must be an absolute path of at most "
                            + LONGEST_SOCKET_PATH
                            + " bytes");
        }
        return new ListenAddress(InetAddress.getLoopbackAddress(), 0, Optional.of(socket));
    }

    /** The same address with the port that the kernel chose. */
    public ListenAddress withPort(int chosen) {
        return socket.isPresent() ? this : new ListenAddress(address, chosen);
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    public static ListenAddress parse(String text) {
        if (text.startsWith(UNIX)) {
            return socket(Path.of(text.substring(UNIX.length())));
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' lacks a port; write ADDRESS:PORT, such as 0.0.0.0:2222");
        }
        String address = text.substring(0, colon);
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        if (address.contains(":") != bracketed) {
            throw new IllegalArgumentException(
                    "'" + text + "' is ambiguous; write an IPv6 address as [::]:2222");
        }
        return of(
                bracketed ? address.substring(1, address.length() - 1) : address,
                port(text.substring(colon + 1)));
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    public static ListenAddress of(String address, int port) {
        return new ListenAddress(
                AddressBlock.literal(address)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "'"
                                                + address
                                                + "' is no address to listen on; write one such as 0.0.0.0, 127.0.0.1 or ::")),
                port);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no port; ports are 0-65535");
        }
        return Integer.parseInt(text);
    }

    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(address, port);
    }

    /** {@link #parse} reads it back. */
    @Override
    public String toString() {
        if (socket.isPresent()) {
            return UNIX + socket.get();
        }
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }
}

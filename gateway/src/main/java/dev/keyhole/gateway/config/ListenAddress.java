package dev.keyhole.gateway.config;

import dev.keyhole.gateway.model.AddressBlock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where the door listens: an address of this machine and a port, {@code 0.0.0.0:2222} or {@code [::]:2222}. Port 0 lets
 * the kernel choose. Names are not looked up.
 */
public record ListenAddress(InetAddress address, int port) {
    public ListenAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("There is no port " + port + "; ports are 0-65535");
        }
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    public static ListenAddress parse(String text) {
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
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }
}

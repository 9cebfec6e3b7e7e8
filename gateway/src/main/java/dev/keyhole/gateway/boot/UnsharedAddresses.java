package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.SharedAddress;
import dev.keyhole.gateway.control.operator.AddressRules;
import dev.keyhole.gateway.model.AddressBlock;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * What no service may lead to: link-local and metadata addresses, groups, and the door itself. Thread-safe.
 *
 * @param home the door's; its sockets are nobody's service
 * @param doorPort the door's own port
 */
record UnsharedAddresses(Path home, IntSupplier doorPort) implements AddressRules {
    /** Cloud metadata: AWS, Azure's WireServer, Alibaba, Oracle; the first block is link-local as a whole (RFC 3927). */
    private static final List<AddressBlock> METADATA =
            Stream.of(
                            "169.254.0.0/16",
                            "168.63.129.16",
                            "100.100.100.200",
                            "192.0.0.192",
                            "fd00:ec2::/32")
                    .map(AddressBlock::parse)
                    .toList();

    /** This network and broadcast (RFC 1122), and IPv6 that carries an IPv4 address (RFC 6052, 3056, 4380). */
    private static final List<AddressBlock> NO_HOST =
            Stream.of(
                            "0.0.0.0/8",
                            "240.0.0.0/4",
                            "64:ff9b::/96",
                            "64:ff9b:1::/48",
                            "2002::/16",
                            "2001::/32",
                            "::ffff:0:0:0/96")
                    .map(AddressBlock::parse)
                    .toList();

    @Override
    public Optional<String> refusal(SharedAddress address) {
        return switch (address) {
            case SharedAddress.Tcp(InetAddress host, int port) -> tcp(host, port);
            case SharedAddress.Unix(Path socket) ->
                    socket.startsWith(home) || socket.toString().startsWith("/run/keyhole-")
                            ? Optional.of("sockets of Keyhole itself are never shared")
                            : Optional.empty();
        };
    }

    private Optional<String> tcp(InetAddress host, int port) {
        String shown = host.getHostAddress();
        if (host.isLinkLocalAddress() || METADATA.stream().anyMatch(b -> b.contains(host))) {
            return Optional.of(
                    shown + " is a link-local or metadata address, which is never shared");
        }
        if (host.isAnyLocalAddress()
                || host.isMulticastAddress()
                || NO_HOST.stream().anyMatch(block -> block.contains(host))) {
            return Optional.of(shown + " is no address of one host");
        }
        if (port == doorPort.getAsInt() && isOurs(host)) {
            return Optional.of(shown + ":" + port + " is this door itself");
        }
        return Optional.empty();
    }

    private static boolean isOurs(InetAddress host) {
        try {
            return host.isLoopbackAddress() || NetworkInterface.getByInetAddress(host) != null;
        } catch (SocketException e) {
            return true; // closed unless it is known to be somebody else's
        }
    }
}

package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.AddressBlock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Where a shared service may not be: nowhere that hands out credentials to whoever asks (metadata services), that means
 * many machines or any, or that is the door itself. Asked when an operator names the service, and again before each
 * connect, because this machine's own addresses and files change.
 *
 * <p>Immutable; as thread-safe as what it asks. It looks nothing up.
 */
public final class SharedAddressRules {
    private record Forbidden(AddressBlock block, String reason) {}

    /** Where doors keep sockets whose home's path is too long for one. */
    private static final String SHORT_PLACES = "/run/keyhole-";

    private static final String METADATA = "it is a metadata service, which hands out credentials";

    private static final List<Forbidden> FORBIDDEN =
            List.of(
                    forbidden("169.254.0.0/16", "it is link-local, where metadata services are"),
                    forbidden("fe80::/10", "it is link-local"),
                    forbidden("fd00:ec2::/32", METADATA),
                    forbidden("fd20:ce::254", METADATA),
                    forbidden("100.100.100.200", METADATA),
                    forbidden("168.63.129.16", METADATA),
                    forbidden("192.0.0.192", METADATA),
                    forbidden("0.0.0.0/8", "it stands for any address of this machine"),
                    forbidden("::", "it stands for any address of this machine"),
                    forbidden("224.0.0.0/4", "it is multicast"),
                    forbidden("ff00::/8", "it is multicast"),
                    forbidden("240.0.0.0/4", "it is no address of one host"),
                    forbidden("2001::/32", "it carries an IPv4 address"),
                    forbidden("64:ff9b:1::/48", "it carries an IPv4 address"));

    /** Forms of IPv6 that carry an IPv4 address in their last four bytes: mapped, compatible, translated (RFC 6052). */
    private static final List<AddressBlock> CARRIERS =
            List.of(
                    AddressBlock.parse("::/96"),
                    AddressBlock.parse("::ffff:0:0:0/96"),
                    AddressBlock.parse("64:ff9b::/96"));

    /** RFC 3056: the IPv4 address follows the first two bytes. */
    private static final AddressBlock SIX_TO_FOUR = AddressBlock.parse("2002::/16");

    private final Predicate<InetAddress> onThisMachine;
    private final IntPredicate doorPorts;
    private final List<Path> doorPlaces;

    /**
     * @param onThisMachine whether an address is one of this machine's, loopback included
     * @param doorPorts whether a port is one that the door listens on
     * @param doorPlaces directories and sockets of the door, absolute: its home, its control socket, the broker's
     */
    public SharedAddressRules(
            Predicate<InetAddress> onThisMachine, IntPredicate doorPorts, List<Path> doorPlaces) {
        this.onThisMachine = onThisMachine;
        this.doorPorts = doorPorts;
        this.doorPlaces = doorPlaces.stream().map(Path::normalize).toList();
    }

    private static Forbidden forbidden(String block, String reason) {
        return new Forbidden(AddressBlock.parse(block), reason);
    }

    /** Why it may not be reached, as a sentence for the operator; empty when it may. */
    public Optional<String> refusal(SharedAddress address) {
        return reason(address).map(reason -> address + " is never shared: " + reason);
    }

    private Optional<String> reason(SharedAddress address) {
        return switch (address) {
            case SharedAddress.Tcp tcp -> tcp(tcp.address(), tcp.port());
            case SharedAddress.Unix unix -> socket(unix.socket());
        };
    }

    private Optional<String> tcp(InetAddress address, int port) {
        Optional<InetAddress> carried = carried(address);
        if (carried.isPresent()) {
            return tcp(carried.get(), port).or(() -> Optional.of("write the IPv4 address itself"));
        }
        Optional<String> forbidden =
                FORBIDDEN.stream()
                        .filter(rule -> rule.block().contains(address))
                        .map(Forbidden::reason)
                        .findFirst();
        return forbidden.isEmpty() && doorPorts.test(port) && onThisMachine.test(address)
                ? Optional.of("it is the door's own port")
                : forbidden;
    }

    private Optional<String> socket(Path socket) {
        Path plain = socket.normalize();
        if (!plain.isAbsolute()) {
            return Optional.of("a socket's path starts with /");
        }
        if (plain.toString().startsWith(SHORT_PLACES)) {
            return Optional.of("it belongs to a door");
        }
        return doorPlaces.stream().anyMatch(plain::startsWith)
                ? Optional.of("it belongs to the door itself")
                : Optional.empty();
    }

    private static Optional<InetAddress> carried(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean anyOrLoopback = address.isAnyLocalAddress() || address.isLoopbackAddress();
        if (bytes.length == 4 || anyOrLoopback) {
            return Optional.empty();
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(ipv4(Arrays.copyOfRange(bytes, 2, 6)));
        }
        return CARRIERS.stream().anyMatch(block -> block.contains(address))
                ? Optional.of(ipv4(Arrays.copyOfRange(bytes, 12, 16)))
                : Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are always an address", e);
        }
    }
}

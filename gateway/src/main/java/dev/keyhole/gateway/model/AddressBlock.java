package dev.keyhole.gateway.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses, {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a single address is a range of one. Names are never
 * looked up. Immutable.
 *
 * @param network the first address of the range
 * @param bits how many leading bits are fixed
 */
public record AddressBlock(InetAddress network, int bits) {
    private static final Pattern DOTTED =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

    public AddressBlock {
        int width = network.getAddress().length * 8;
        if (bits < 0 || bits > width) {
            throw new IllegalArgumentException(
                    "A prefix of " + network.getHostAddress() + " is 0 to " + width + " bits");
        }
        if (!equalUpTo(network.getAddress(), new byte[width / 8], bits, width)) {
            throw new IllegalArgumentException(
                    network.getHostAddress()
                            + "/"
                            + bits
                            + " has bits set after its prefix; write the network's address");
        }
    }

    /**
     * Reads {@code ADDRESS} or {@code ADDRESS/BITS}.
     *
     * @throws IllegalArgumentException with a sentence for a person
     */
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress network =
                literal(address)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "'"
                                                + Shown.text(text)
                                                + "' is no address or range such as 10.0.0.0/8"));
        if (slash < 0) {
            return new AddressBlock(network, network.getAddress().length * 8);
        }
        String bits = text.substring(slash + 1);
        if (!LENGTH.matcher(bits).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + Shown.text(text)
                            + "' is no range; after the slash stands a number of bits");
        }
        return new AddressBlock(network, Integer.parseInt(bits));
    }

    /** The range of that length in which an address lies. */
    public static AddressBlock around(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int bit = bits; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        try {
            return new AddressBlock(InetAddress.getByAddress(bytes), bits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has as many bytes as an address", e);
        }
    }

    /** The address that a text spells in the usual way; empty for names, short forms such as {@code 127.1} and scopes. */
    public static Optional<InetAddress> literal(String text) {
        if (!DOTTED.matcher(text).matches() && !COLONS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether an address lies in this range. IPv4 never lies in a range of IPv6, nor the other way round. */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        byte[] own = network.getAddress();
        return other.length == own.length && equalUpTo(own, other, 0, bits);
    }

    private static boolean equalUpTo(byte[] one, byte[] other, int fromBit, int toBit) {
        for (int bit = fromBit; bit < toBit; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((one[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }
}

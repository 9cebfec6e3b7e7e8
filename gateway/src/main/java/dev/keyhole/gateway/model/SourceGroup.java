package dev.keyhole.gateway.model;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Sources that are treated as one, because one machine can have all of them: a single IPv4 address, or an IPv6 network
 * of 64 bits. An IPv4 address that is written as IPv6 is the IPv4 address. Immutable.
 */
public record SourceGroup(AddressBlock block) {
    private static final int OF_VERSION_4 = 32;
    private static final int OF_VERSION_6 = 64;

    /** @throws IllegalArgumentException when the block is larger or smaller than a group */
    public SourceGroup {
        if (block.bits() != bits(block.network())) {
            throw new IllegalArgumentException(
                    block + " is no source; an IPv4 address or an IPv6 network of 64 bits is one");
        }
    }

    public static SourceGroup of(InetAddress address) {
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, bits(address) / 8, bytes.length, (byte) 0);
        try {
            // Made anew: a link-local address carries an interface, which is no part of a range.
            InetAddress network = InetAddress.getByAddress(bytes);
            return new SourceGroup(new AddressBlock(network, bits(network)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has as many bytes as an address", e);
        }
    }

    public static SourceGroup of(Source source) {
        return of(source.address());
    }

    /**
     * Reads what {@link #toString} writes, and a single address of either kind.
     *
     * @throws IllegalArgumentException with a sentence for a person
     */
    public static SourceGroup parse(String text) {
        AddressBlock block = AddressBlock.parse(text);
        return text.contains("/") ? new SourceGroup(block) : of(block.network());
    }

    private static int bits(InetAddress address) {
        return address instanceof Inet4Address ? OF_VERSION_4 : OF_VERSION_6;
    }

    public boolean isVersion4() {
        return block.network() instanceof Inet4Address;
    }

    /** {@code 192.0.2.7/32} or {@code 2001:db8:0:0:0:0:0:0/64}. */
    @Override
    public String toString() {
        return block.toString();
    }
}

package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.model.AddressBlock;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Names and addresses of the workspaces' networks. Each has four addresses of the block: the second is the machine's end,
 * the third the workspace's. Names of interfaces carry a mark of the home, because several may share a machine.
 *
 * @param mark five letters that name the home
 */
record NetworkPlan(String mark, AddressBlock block) {
    private static final int ADDRESSES = 4;

    /** Of the machine's end; at most 15 letters, as the kernel wants it. */
    String interfaceName(int index) {
        return prefix() + Integer.toString(index, Character.MAX_RADIX);
    }

    /** What the names of this home's interfaces start with. */
    String prefix() {
        return "kh" + mark + "n";
    }

    /** The table of packet rules of this home. */
    String table() {
        return "keyhole_" + mark;
    }

    String machineAddress(int index) {
        return address(index * ADDRESSES + 1);
    }

    String workspaceAddress(int index) {
        return address(index * ADDRESSES + 2);
    }

    private String address(int offset) {
        int base = ByteBuffer.wrap(block.network().getAddress()).getInt();
        int value = base + offset;
        return (value >>> 24)
                + "."
                + (value >>> 16 & 255)
                + "."
                + (value >>> 8 & 255)
                + "."
                + (value & 255);
    }

    /**
     * Addresses that nobody on this machine has: the same ones for the same name where possible.
     *
     * @param reserved of workspaces whose networks are being made
     */
    Optional<Integer> free(String name, Collection<Integer> reserved) throws SocketException {
        int count = (1 << (32 - block.bits())) / ADDRESSES;
        Set<String> used = new HashSet<>();
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(InetAddress::getHostAddress)
                .forEach(used::add);
        int first = Math.floorMod((mark + name).hashCode(), count);
        for (int i = 0; i < count; i++) {
            int index = (first + i) % count;
            if (!reserved.contains(index) && !used.contains(machineAddress(index))) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }
}

package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.gateway.model.SourceGroup;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;

/**
 * The packet rules of a door, as nft(8) reads them: two sets of sources with a time each, and one rule that looks at
 * nothing but the first packet of a connection to the door's port. What is open already never meets it.
 *
 * @param table named after the home, because several may share a machine
 */
record DropRules(String table) {
    /** Elements of a set; 64 Ki of IPv6 take the kernel about 10 MiB. */
    static final int MOST = 65_536;

    static DropRules of(Path home) {
        return new DropRules("keyhole_guard_" + HomeMark.of(home));
    }

    /** Replaces whatever this home had, at once: without any source. */
    String text(ListenAddress door) {
        return """
        table inet %1$s
        delete table inet %1$s
        table inet %1$s {
            set banned4 {
                type ipv4_addr
                size %2$d
                flags timeout
            }
            set banned6 {
                type ipv6_addr
                size %2$d
                flags timeout
            }
            chain arrive {
                type filter hook input priority -160; policy accept;
                %3$stcp dport %4$d tcp flags & (syn | ack) == syn jump banned
            }
            chain banned {
                ip saddr @banned4 counter drop
                ip6 saddr & ffff:ffff:ffff:ffff:: @banned6 counter drop
            }
        }
        """
                .formatted(table, MOST, destination(door.address()), door.port());
    }

    /** Another door of the machine may have the same port at another address. */
    private static String destination(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return "";
        }
        return (address instanceof Inet4Address ? "ip" : "ip6")
                + " daddr "
                + numeric(address)
                + " ";
    }

    /** The kernel keeps the first time of an element that is there already, so it is taken out in between. */
    String drop(SourceGroup source, long seconds) {
        return """
        add element inet %1$s %2$s { %3$s timeout %4$ds }
        delete element inet %1$s %2$s { %3$s }
        add element inet %1$s %2$s { %3$s timeout %4$ds }
        """
                .formatted(table, set(source), numeric(source.block().network()), seconds);
    }

    String lift(SourceGroup source) {
        return "delete element inet %s %s { %s }\n"
                .formatted(table, set(source), numeric(source.block().network()));
    }

    String liftAll() {
        return """
        flush set inet %1$s banned4
        flush set inet %1$s banned6
        """
                .formatted(table);
    }

    /** Also where there is none. */
    String remove() {
        return """
        table inet %1$s
        delete table inet %1$s
        """
                .formatted(table);
    }

    private static String set(SourceGroup source) {
        return source.isVersion4() ? "banned4" : "banned6";
    }

    private static String numeric(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}

package dev.keyhole.gateway.launch.process;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What packets of workspaces may do, as nft(8) reads it: out to the world with the machine's address, and nowhere else.
 * Not to another workspace, not to the machine itself, not to link-local and metadata addresses, not by IPv6.
 */
final class PacketRules {
    /** Addresses at which clouds tell whoever asks their secrets; RFC 3927 and what providers document. */
    private static final String METADATA =
            "169.254.0.0/16, 100.100.100.200, 168.63.129.16, 192.0.0.192";

    private final NetworkPlan plan;

    PacketRules(NetworkPlan plan) {
        this.plan = plan;
    }

    /**
     * Replaces whatever this home had, at once.
     *
     * @param forwardsOthers whether the machine forwarded packets before
     * @param lines its interfaces that lead outside: when it did not, it still forwards nothing between them. What a
     *     container engine lays later is that one's business
     */
    String text(boolean forwardsOthers, List<String> lines) {
        return """
        table inet %1$s
        delete table inet %1$s
        table inet %1$s {
            chain %4$s {
            }
            chain input {
                type filter hook input priority -150; policy accept;
                iifname "%2$s*" ct state established,related accept
                iifname "%2$s*" reject with icmpx admin-prohibited
            }
            chain forward {
                type filter hook forward priority -150; policy accept;
                iifname "%2$s*" jump out
                oifname "%2$s*" ct state established,related accept
                oifname "%2$s*" drop
        %6$s    }
            chain out {
                meta nfproto ipv6 reject with icmpx admin-prohibited
                oifname "kh*" reject with icmpx admin-prohibited
                ip saddr != %3$s drop
                ip daddr { %5$s } reject with icmpx admin-prohibited
                ip daddr %3$s reject with icmpx admin-prohibited
            }
            chain leave {
                type nat hook postrouting priority 100; policy accept;
                ip saddr %3$s oifname != "kh*" masquerade
            }
        }
        """
                .formatted(
                        plan.table(),
                        plan.prefix(),
                        plan.block(),
                        forwardsOthers ? "forwarding_was_on" : "forwarding_was_off",
                        METADATA,
                        forwardsOthers || lines.isEmpty() ? "" : between(lines));
    }

    private static String between(List<String> lines) {
        String all = lines.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        return "        iifname { %1$s } oifname { %1$s } drop\n".formatted(all);
    }
}

package dev.keyhole.client;

import java.util.List;

/** A tunnel that was connected once, with all that is needed to connect it again. */
public record OpenTunnel(Route route, HostKeyRule rule, List<Forward> forwards) {
    OpenTunnel withRule(HostKeyRule newRule) {
        return new OpenTunnel(route, newRule, forwards);
    }

    OpenTunnel withForwards(List<Forward> newForwards) {
        return new OpenTunnel(route, rule, newForwards);
    }

    Verdict verdict() {
        return new Verdict(route, rule);
    }
}

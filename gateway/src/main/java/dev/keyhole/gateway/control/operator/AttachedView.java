package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.workspace.AttachedHost;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An attached host as {@code --json} shows it.
 *
 * @param address {@code HOST:PORT}
 * @param hostKey the fingerprint of the pinned one
 * @param key the fingerprint of the door's key there
 * @param services the port of each
 * @param open those that are reached without the door, too
 */
record AttachedView(
        String principal,
        String address,
        String user,
        String hostKey,
        String key,
        Map<String, Integer> services,
        List<String> open,
        String since) {
    static AttachedView of(
            AttachedHost host,
            Fingerprint hostKey,
            Fingerprint key,
            Map<String, Integer> services,
            List<String> open) {
        return new AttachedView(
                host.owner().value(),
                host.place().toString(),
                host.user(),
                hostKey.value(),
                key.value(),
                new TreeMap<>(services),
                open,
                host.since().toString());
    }
}

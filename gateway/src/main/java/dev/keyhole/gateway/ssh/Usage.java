package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Limits;
import dev.keyhole.gateway.model.PrincipalName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What every principal has open. One entry for each that ever logged in; thread-safe. */
final class Usage {
    private final Limits limits;
    private final Map<PrincipalName, PrincipalUse> byPrincipal = new ConcurrentHashMap<>();

    Usage(Limits limits) {
        this.limits = limits;
    }

    PrincipalUse of(PrincipalName principal) {
        return byPrincipal.computeIfAbsent(
                principal, name -> new PrincipalUse(() -> limits.of(name)));
    }
}

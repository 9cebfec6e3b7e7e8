package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Grant;
import dev.keyhole.gateway.access.Limits;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.wire.Code;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The end of the third step: whether the principal may have one more forward open. Thread-safe; it never blocks. */
final class ForwardLimit {
    private static final int MOST_NAMED = 5;

    private final Limits limits;
    private final Usage usage;

    ForwardLimit(Limits limits, Usage usage) {
        this.limits = limits;
        this.usage = usage;
    }

    /** Counts the forward; close what comes back when it is over. */
    ForwardPlace step(Grant grant) throws ForwardRefusal {
        PrincipalName principal = grant.holder().principal();
        PrincipalUse use = usage.of(principal);
        ForwardPlace place = new ForwardPlace(grant, use);
        int most = limits.of(principal).forwards();
        if (!use.open(place, most)) {
            throw ForwardRefusal.byPolicy(refusal(use.forwards(), most));
        }
        return place;
    }

    private static Refusal refusal(List<ForwardPlace> open, int most) {
        Map<String, Integer> counts = new TreeMap<>();
        open.forEach(place ->
                counts.merge(
                        place.grant().target()
                                + " in "
                                + place.grant().holder().arrival().session(),
                        1,
                        Integer::sum));
        String named =
                counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .limit(MOST_NAMED)
                        .map(count -> count.getValue() + " to " + count.getKey())
                        .collect(Collectors.joining(", "));
        String rest = counts.size() > MOST_NAMED ? ", and others" : "";
        String full = open.size() + " of " + most + " forwards are open";
        return new Refusal(
                Code.FORWARD_LIMIT,
                full
                        + (named.isEmpty() ? "" : ": " + named + rest)
                        + ". "
                        + Code.FORWARD_LIMIT.nextMove(),
                full);
    }
}

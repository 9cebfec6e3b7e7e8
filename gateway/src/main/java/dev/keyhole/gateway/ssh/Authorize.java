package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.Decision;
import dev.keyhole.gateway.access.Grant;
import dev.keyhole.gateway.access.Judge;

/** Third step: the judge turns the destination of a channel into a {@link Grant}, at every open. Thread-safe. */
final class Authorize {
    private final Judge judge;

    Authorize(Judge judge) {
        this.judge = judge;
    }

    Grant step(Authenticated who, String host, long port) throws ForwardRefusal {
        return switch (judge.decide(who, host, port)) {
            case Grant grant -> grant;
            case Decision.Denial denial -> throw ForwardRefusal.byPolicy(denial.refusal());
        };
    }
}

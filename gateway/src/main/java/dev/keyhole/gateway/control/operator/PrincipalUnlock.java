package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole principal unlock}: it may come in again. */
public final class PrincipalUnlock implements OperatorVerb {
    private final RosterDesk desk;
    private final Clock clock;

    public PrincipalUnlock(RosterDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "principal unlock";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        Principal principal = desk.named(fields);
        if (principal.lock().isEmpty()) {
            throw OperatorRefusal.of(
                    ExitStatus.REFUSED,
                    Code.CHANGE_REFUSED,
                    principal.name() + " is not locked. Nothing was changed.");
        }
        return Act.on(principal.name(), talk -> unlock(principal.name()));
    }

    private Answer unlock(PrincipalName name) throws OperatorRefusal {
        Principal open = desk.known(name).withLock(Optional.empty());
        var after = desk.change(List.of(new RosterChange.ReplacePrincipal(open)));
        return Answer.done(
                name + " may log in again.\n",
                Map.of("principal", PrincipalView.of(open, after, clock.instant())));
    }
}

package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.Lock;
import dev.keyhole.gateway.access.Principal;
import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole principal lock}: it may not come in, and its sessions end; its workspace goes on. */
public final class PrincipalLock implements OperatorVerb {
    private final RosterDesk desk;
    private final Clock clock;

    public PrincipalLock(RosterDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "principal lock";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName name = desk.named(fields).name();
        Problems problems = new Problems();
        String reason = Reason.needed(fields, problems);
        problems.refuseIfAny();
        return Act.on(name, talk -> lock(name, reason));
    }

    private Answer lock(PrincipalName name, String reason) throws OperatorRefusal {
        Principal locked =
                desk.known(name).withLock(Optional.of(new Lock(reason, RosterDesk.moment(clock))));
        var after = desk.change(List.of(new RosterChange.ReplacePrincipal(locked)));
        return Answer.done(
                name + " is locked; its sessions end now, its workspace goes on.\n",
                Map.of("principal", PrincipalView.of(locked, after, RosterDesk.moment(clock))));
    }
}

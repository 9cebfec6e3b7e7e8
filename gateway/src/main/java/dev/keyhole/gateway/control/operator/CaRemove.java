package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import java.util.List;
import java.util.Map;

/** {@code keyhole ca remove}: none of its certificates is accepted any more, and sessions with one end. */
public final class CaRemove implements OperatorVerb {
    private final RosterDesk desk;

    public CaRemove(RosterDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "ca remove";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        String name = AuthorityView.named(desk, fields).name();
        return Act.on(name, talk -> remove(name));
    }

    private Answer remove(String name) throws OperatorRefusal {
        desk.change(List.of(new RosterChange.RemoveAuthority(name)));
        return Answer.done(
                name + " is removed; sessions with its certificates end now.\n",
                Map.of("removed", name));
    }
}

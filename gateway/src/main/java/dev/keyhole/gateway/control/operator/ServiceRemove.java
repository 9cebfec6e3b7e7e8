package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.ServiceName;
import java.util.List;
import java.util.Map;

/** {@code keyhole service remove}: a shared service is nobody's any more. */
public final class ServiceRemove implements OperatorVerb {
    private final RosterDesk desk;

    public ServiceRemove(RosterDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "service remove";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        ServiceName name = ServiceView.named(desk, fields).name();
        return Act.on(name.value(), talk -> remove(name));
    }

    private Answer remove(ServiceName name) throws OperatorRefusal {
        desk.change(List.of(new RosterChange.RemoveService(name)));
        return Answer.done(
                name + " is removed; nobody reaches it by new forwards.\n",
                Map.of("removed", name.value()));
    }
}

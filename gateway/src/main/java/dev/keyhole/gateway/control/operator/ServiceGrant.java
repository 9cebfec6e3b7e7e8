package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code keyhole service grant} and {@code withdraw}: who may reach a shared service. */
public final class ServiceGrant implements OperatorVerb {
    private final RosterDesk desk;
    private final boolean granted;

    private ServiceGrant(RosterDesk desk, boolean granted) {
        this.desk = desk;
        this.granted = granted;
    }

    public static OperatorVerb grant(RosterDesk desk) {
        return new ServiceGrant(desk, true);
    }

    public static OperatorVerb withdraw(RosterDesk desk) {
        return new ServiceGrant(desk, false);
    }

    @Override
    public String name() {
        return granted ? "service grant" : "service withdraw";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        ServiceName service = ServiceView.named(desk, fields).name();
        Set<PrincipalName> principals = new LinkedHashSet<>();
        Problems problems = new Problems();
        for (String text : fields.texts("principals")) {
            PrincipalName name = problems.value("PRINCIPAL", () -> new PrincipalName(text));
            if (name != null) {
                principals.add(desk.known(name).name());
            }
        }
        problems.refuseIfAny();
        if (principals.isEmpty()) {
            throw OperatorRefusal.usage("Name at least one principal.");
        }
        List<RosterChange> changes =
                principals.stream().map(name -> change(service, name)).toList();
        desk.requirePossible(changes);
        String subject =
                service
                        + " "
                        + String.join(" ", principals.stream().map(Object::toString).toList());
        Act.Deed deed = talk -> decide(service, changes);
        return new Act(subject, List.copyOf(principals), deed);
    }

    private RosterChange change(ServiceName service, PrincipalName name) {
        return granted
                ? new RosterChange.GrantService(service, name)
                : new RosterChange.WithdrawService(service, name);
    }

    private Answer decide(ServiceName service, List<RosterChange> changes) throws OperatorRefusal {
        desk.change(changes);
        ServiceView view = ServiceView.now(desk, service);
        return Answer.done(
                service
                        + (view.grantees().isEmpty()
                                ? " may be reached by nobody now.\n"
                                : " may be reached by "
                                        + String.join(", ", view.grantees())
                                        + " now.\n"),
                Map.of("service", view));
    }
}

package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.RosterChange;
import dev.keyhole.gateway.access.SharedAddress;
import dev.keyhole.gateway.access.SharedService;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code keyhole service add}: names something outside of workspaces. Its address is resolved here and never again, so
 * that no name server decides later where forwards lead.
 */
public final class ServiceAdd implements OperatorVerb {
    private final RosterDesk desk;
    private final ServiceNames names;
    private final AddressRules rules;
    private final Clock clock;

    public ServiceAdd(RosterDesk desk, ServiceNames names, AddressRules rules, Clock clock) {
        this.desk = desk;
        this.names = names;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "service add";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        Problems problems = new Problems();
        String text = fields.needed("name");
        ServiceName name = problems.value("NAME", () -> free(text));
        String asked = fields.needed("address");
        List<SharedAddress> addresses =
                problems.value("--address", () -> SharedAddressText.read(asked));
        problems.refuseIfAny();
        SharedAddress address = allowed(Objects.requireNonNull(addresses));
        SharedService service =
                new SharedService(
                        Objects.requireNonNull(name),
                        asked,
                        address,
                        Set.of(),
                        RosterDesk.moment(clock));
        List<RosterChange> changes = List.of(new RosterChange.AddService(service));
        desk.requirePossible(changes);
        return Act.on(service.name() + " " + service.address(), talk -> add(service, changes));
    }

    private ServiceName free(String text) {
        ServiceName name = new ServiceName(text);
        if (names.ofWorkspaces(name)) {
            throw new IllegalArgumentException("every workspace has its own " + name);
        }
        if (name.equals(ServiceName.METRICS)) {
            throw new IllegalArgumentException(name + " are the door's own numbers");
        }
        return name;
    }

    /** The first one; but all that the name stands for must be allowed, or the order would decide. */
    private SharedAddress allowed(List<SharedAddress> addresses) throws OperatorRefusal {
        for (SharedAddress address : addresses) {
            Optional<String> why = rules.refusal(address);
            if (why.isPresent()) {
                throw OperatorRefusal.of(
                        ExitStatus.REFUSED,
                        Code.ADDRESS_REFUSED,
                        why.get() + ". Nothing was changed.");
            }
        }
        return addresses.getFirst();
    }

    private Answer add(SharedService service, List<RosterChange> changes) throws OperatorRefusal {
        desk.change(changes);
        return Answer.done(
                service.name()
                        + " is "
                        + service.address()
                        + " from now on. Nobody may reach it yet; grant it: keyhole service grant "
                        + service.name()
                        + " PRINCIPAL\n",
                Map.of("service", ServiceView.of(service)));
    }
}

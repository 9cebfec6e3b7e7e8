package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.SharedService;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.time.Instant;
import java.util.List;

/**
 * A shared service as lists and {@code --json} show it.
 *
 * @param asked the address as the operator wrote it
 * @param address what it was resolved to when it was named
 * @param grantees who may reach it, by name
 */
record ServiceView(
        String name, String asked, String address, List<String> grantees, Instant added) {
    static ServiceView of(SharedService service) {
        return new ServiceView(
                service.name().value(),
                service.asked(),
                service.address().toString(),
                service.grantees().stream().sorted().map(PrincipalName::value).toList(),
                service.added());
    }

    /** The shared service that a request names. */
    static SharedService named(RosterDesk desk, Fields fields) throws OperatorRefusal {
        String text = fields.needed("name");
        return desk.now().services().stream()
                .filter(service -> service.name().value().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        OperatorRefusal.unknown(
                                "There is no shared service of that name; see `keyhole service list`."));
    }

    static ServiceView now(RosterDesk desk, ServiceName name) throws OperatorRefusal {
        return desk.now()
                .service(name)
                .map(ServiceView::of)
                .orElseThrow(() -> OperatorRefusal.unknown(name + " was removed meanwhile."));
    }
}

package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.access.SharedService;
import dev.keyhole.gateway.model.ServiceName;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every service that a key can be limited to: those of workspaces, the shared ones, and the door's numbers. Thread-safe. */
public final class ServiceNames {
    private final ServiceCatalog catalog;
    private final RosterDesk desk;

    public ServiceNames(ServiceCatalog catalog, RosterDesk desk) {
        this.catalog = catalog;
        this.desk = desk;
    }

    Optional<ServiceName> known(String name) {
        return names().filter(service -> service.value().equals(name)).findFirst();
    }

    /** Whether every workspace has a service of that name. */
    boolean ofWorkspaces(ServiceName name) {
        return catalog.ports().containsKey(name);
    }

    String describe() {
        return names().map(ServiceName::value).sorted().collect(Collectors.joining(", "));
    }

    private Stream<ServiceName> names() {
        Stream<ServiceName> own =
                Stream.concat(
                        catalog.ports().keySet().stream(),
                        catalog.offersMetrics() ? Stream.of(ServiceName.METRICS) : Stream.empty());
        return Stream.concat(own, desk.now().services().stream().map(SharedService::name))
                .distinct();
    }
}

package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.ServiceName;
import java.util.Optional;
import java.util.Set;

/**
 * What a key may reach of all that its principal may: the services that it was enrolled for, and the {@code permitopen=}
 * of its line. They are compared with the target and not with what the client wrote, so no other spelling gets around
 * them. Keeps no state.
 */
final class KeyRights {
    private KeyRights() {}

    static boolean permit(
            Roster now, Credential credential, Target target, ServiceCatalog catalog) {
        return switch (credential) {
            case Credential.Certified ignored -> true;
            case Credential.Enrolled enrolled ->
                    now.key(enrolled.key().fingerprint())
                            .filter(key -> services(key.services(), target))
                            .filter(key -> destinations(key.key(), target, catalog))
                            .isPresent();
        };
    }

    private static boolean services(Optional<Set<ServiceName>> permitted, Target target) {
        return permitted.isEmpty()
                || switch (target) {
                    case Target.Service service -> permitted.get().contains(service.name());
                    case Target.Shared shared -> permitted.get().contains(shared.service().name());
                    case Target.Metrics ignored -> permitted.get().contains(ServiceName.METRICS);
                    case Target.OwnLoopback ignored -> false;
                };
    }

    private static boolean destinations(AuthorizedKey key, Target target, ServiceCatalog catalog) {
        return key.permittedOpen().isEmpty()
                || key.permittedOpen().stream().anyMatch(open -> leads(open, target, catalog));
    }

    private static boolean leads(PermittedOpen open, Target target, ServiceCatalog catalog) {
        boolean inside = Judge.MY_WORKSPACE.contains(open.host());
        return switch (target) {
            case Target.Service service ->
                    open.host().equals(service.name().value())
                            || inside && portOf(service, open, catalog);
            case Target.Shared shared -> open.host().equals(shared.service().name().value());
            case Target.Metrics metrics -> open.host().equals(metrics.toString());
            case Target.OwnLoopback own -> inside && toPort(open, own.port());
        };
    }

    private static boolean portOf(
            Target.Service service, PermittedOpen open, ServiceCatalog catalog) {
        return open.port().isEmpty()
                || catalog.at(open.port().getAsInt()).filter(service.name()::equals).isPresent();
    }

    private static boolean toPort(PermittedOpen open, int port) {
        return open.port().isEmpty() || open.port().getAsInt() == port;
    }
}

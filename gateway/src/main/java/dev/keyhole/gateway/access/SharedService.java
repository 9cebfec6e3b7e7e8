package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.time.Instant;
import java.util.Set;

/**
 * Something outside of workspaces that the operator named and grants by name: a database, an MLflow, an internal API.
 *
 * @param name what a forward asks for; never a service that every workspace has
 * @param asked the address as the operator wrote it, for lists
 * @param address what it was resolved to, once, when it was named
 * @param grantees who may reach it; nobody else
 */
public record SharedService(
        ServiceName name,
        String asked,
        SharedAddress address,
        Set<PrincipalName> grantees,
        Instant added) {
    public SharedService {
        grantees = Set.copyOf(grantees);
    }
}

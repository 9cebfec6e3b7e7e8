package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.Roster;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code keyhole services}: what a forward may name. */
public final class ServicesVerb implements Verb {
    private final ServiceCatalog catalog;
    private final boolean ownLoopback;
    private final Supplier<Roster> roster;

    /** @param roster who is an admin now */
    public ServicesVerb(ServiceCatalog catalog, boolean ownLoopback, Supplier<Roster> roster) {
        this.roster = roster;
        this.catalog = catalog;
        this.ownLoopback = ownLoopback;
    }

    @Override
    public String name() {
        return "services";
    }

    @Override
    public String summary() {
        return "what you may forward to, and how";
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) {
        StringBuilder text = new StringBuilder();
        List<Map<String, Object>> services = new ArrayList<>();
        catalog.ports()
                .forEach((name, port) -> {
                    text.append(
                            String.format(
                                    "%-11s -L %d:localhost:%d   or   -L %d:%s:1%n",
                                    name, port, port, port, name));
                    services.add(Map.of("name", name.value(), "port", port));
                });
        if (ownLoopback) {
            text.append(
                    "own ports   -L PORT:localhost:PORT, where a program of yours listens on loopback\n");
        }
        if (catalog.offersMetrics() && isAdmin(who)) {
            text.append("metrics     -L 9090:metrics:80, then http://localhost:9090/metrics\n");
        }
        return Answer.done(
                text.toString(), Map.of("services", services, "ownLoopback", ownLoopback));
    }

    private boolean isAdmin(Authenticated who) {
        return roster.get()
                .principal(who.principal())
                .filter(principal -> principal.role() == Role.ADMIN)
                .isPresent();
    }
}

package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.ServiceCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code keyhole services}: what a forward may name. */
public final class ServicesVerb implements Verb {
    private final ServiceCatalog catalog;
    private final boolean ownLoopback;

    public ServicesVerb(ServiceCatalog catalog, boolean ownLoopback) {
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
        return Answer.done(
                text.toString(), Map.of("services", services, "ownLoopback", ownLoopback));
    }
}

package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code keyhole logs [SERVICE] [-n LINES]}: the last lines that a service wrote. */
public final class LogsVerb implements Verb {
    private static final int MOST_LINES = 1_000;

    private final Workspaces workspaces;
    private final ServiceCatalog catalog;

    public LogsVerb(Workspaces workspaces, ServiceCatalog catalog) {
        this.workspaces = workspaces;
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String summary() {
        return "logs [SERVICE] [-n LINES]: what a service wrote last";
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) throws UsageError {
        int lines = arguments.number("-n", 50, MOST_LINES);
        ServiceName service = service(arguments);
        List<String> log = workspaces.of(who.principal()).log(service, lines);
        String text =
                log.isEmpty()
                        ? service + " has written nothing yet\n"
                        : String.join("\n", log) + "\n";
        return Answer.done(text, Map.of("service", service.value(), "lines", log));
    }

    private ServiceName service(Arguments arguments) throws UsageError {
        Optional<String> word = arguments.word(0).filter(first -> !first.startsWith("-"));
        if (word.isEmpty()) {
            return ServiceName.JUPYTER;
        }
        return catalog.named(word.get())
                .orElseThrow(() ->
                        new UsageError("There is no such service. You have " + catalog.describe()));
    }
}

package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.control.Answer;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code keyhole workspace logs}: what a service of somebody wrote, and with {@code follow} what it writes from now on,
 * until nobody reads any more. It looks into somebody's workspace, so it is audited.
 */
public final class WorkspaceLogs implements OperatorVerb {
    private static final long MOST_LINES = 1_000;
    private static final long USUAL_LINES = 50;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int LOOKS_BETWEEN_SIGNS = 10;

    private final RosterDesk desk;
    private final Workspaces workspaces;
    private final ServiceCatalog catalog;

    public WorkspaceLogs(RosterDesk desk, Workspaces workspaces, ServiceCatalog catalog) {
        this.desk = desk;
        this.workspaces = workspaces;
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "workspace logs";
    }

    @Override
    public Act prepare(Fields fields) throws OperatorRefusal {
        PrincipalName name = desk.named(fields).name();
        ServiceName service = service(fields.text("service").orElse("jupyter"));
        long lines = fields.number("lines").orElse(USUAL_LINES);
        if (lines < 1 || lines > MOST_LINES) {
            throw OperatorRefusal.usage("-n takes a number from 1 to " + MOST_LINES + ".");
        }
        boolean follow = fields.flag("follow");
        return new Act(
                name + " " + service,
                List.of(name),
                talk -> {
                    Workspace workspace = workspaces.of(name);
                    return follow
                            ? follow(workspace, service, (int) lines, talk)
                            : last(workspace, service, (int) lines);
                });
    }

    private ServiceName service(String text) throws OperatorRefusal {
        return catalog.named(text)
                .orElseThrow(() ->
                        OperatorRefusal.unknown(
                                "Workspaces have no such service; they have "
                                        + catalog.describe()
                                        + "."));
    }

    private static Answer last(Workspace workspace, ServiceName service, int lines) {
        List<String> log = workspace.log(service, lines);
        StringBuilder text = new StringBuilder();
        log.forEach(line -> text.append(Printable.of(line)).append('\n'));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("principal", workspace.owner().value());
        document.put("service", service.value());
        document.put("lines", log);
        return Answer.done(
                log.isEmpty() ? service + " has written nothing yet.\n" : text.toString(),
                document);
    }

    private Answer follow(Workspace workspace, ServiceName service, int lines, Talk talk)
            throws IOException, InterruptedException {
        List<String> seen = workspace.log(service, (int) MOST_LINES);
        for (String line : seen.subList(Math.max(0, seen.size() - lines), seen.size())) {
            talk.line(line);
        }
        CountDownLatch never = new CountDownLatch(1);
        int quiet = 0;
        while (desk.now().principal(workspace.owner()).isPresent()) {
            if (never.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this latch down");
            }
            List<String> now = workspace.log(service, (int) MOST_LINES);
            List<String> fresh = Tail.fresh(seen, now);
            for (String line : fresh) {
                talk.line(line);
            }
            seen = now;
            quiet = fresh.isEmpty() ? quiet + 1 : 0;
            if (quiet % LOOKS_BETWEEN_SIGNS == LOOKS_BETWEEN_SIGNS - 1) {
                talk.quiet();
            }
        }
        return Answer.done(
                workspace.owner() + " was removed.\n",
                Map.of("principal", workspace.owner().value()));
    }
}

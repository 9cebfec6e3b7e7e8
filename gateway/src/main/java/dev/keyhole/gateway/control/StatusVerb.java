package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.access.ServiceCatalog;
import dev.keyhole.gateway.model.ClockTime;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.IdleVerdict;
import dev.keyhole.gateway.workspace.Idleness;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.ServiceState;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code keyhole status}: what the workspace does now, and what to open. */
public final class StatusVerb implements Verb {
    private final Workspaces workspaces;
    private final ServiceCatalog catalog;
    private final Idleness idleness;
    private final Supplier<Sessions> sessions;
    private final Clock clock;

    /**
     * @param sessions asked at each call, because the door is wired after its verbs
     * @param clock for the times that are shown
     */
    public StatusVerb(
            Workspaces workspaces,
            ServiceCatalog catalog,
            Idleness idleness,
            Supplier<Sessions> sessions,
            Clock clock) {
        this.workspaces = workspaces;
        this.catalog = catalog;
        this.idleness = idleness;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "what your workspace does now";
    }

    @Override
    public Answer run(Authenticated who, Arguments arguments) {
        Workspace workspace = workspaces.of(who.principal());
        StringBuilder text = new StringBuilder();
        text.append("principal   ").append(who.principal()).append('\n');
        List<SessionView> own =
                sessions.get().open().stream()
                        .filter(session -> session.principal().equals(who.principal().value()))
                        .toList();
        long bytesIn = own.stream().mapToLong(SessionView::bytesIn).sum();
        long bytesOut = own.stream().mapToLong(SessionView::bytesOut).sum();
        text.append("where       ").append(workspace.place()).append('\n');
        text.append("sessions    ").append(own.size()).append(" open\n");
        text.append("forwards    ").append(workspace.openForwards()).append(" open\n");
        text.append(String.format("bytes       %d in, %d out%n", bytesIn, bytesOut));
        List<Map<String, Object>> services = new ArrayList<>();
        workspace
                .states()
                .forEach((name, state) -> {
                    Optional<String> step = step(workspace, state);
                    text.append(String.format("%-11s %s%n", name, describe(state)))
                            .append(step.map(doing -> "            | " + doing + "\n").orElse(""));
                    Map<String, Object> service = document(name, state);
                    step.ifPresent(doing -> service.put("step", doing));
                    services.add(service);
                });
        IdleVerdict verdict = idleness.of(workspace);
        Instant now = clock.instant();
        if (!(verdict instanceof IdleVerdict.NotRunning)) {
            text.append("idle        ").append(IdleText.of(verdict, now)).append('\n');
        }
        List<IsolationPart> walls = workspace.isolation();
        IsolationPart.notices(walls)
                .forEach(notice -> text.append("notice      ").append(notice).append('\n'));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("principal", who.principal().value());
        document.put("where", workspace.place());
        document.put("sessions", own.size());
        document.put("forwards", workspace.openForwards());
        document.put("bytesIn", bytesIn);
        document.put("bytesOut", bytesOut);
        document.put("services", services);
        document.put("idle", IdleText.document(verdict, now));
        document.put("isolation", walls.stream().map(StatusVerb::document).toList());
        return Answer.done(text.toString(), document);
    }

    private static Optional<String> step(Workspace workspace, ServiceState state) {
        return state instanceof ServiceState.Starting ? workspace.step() : Optional.empty();
    }

    private static Map<String, Object> document(IsolationPart part) {
        Map<String, Object> wall = new LinkedHashMap<>();
        wall.put("part", part.word());
        wall.put("inForce", part.inForce());
        if (!part.inForce()) {
            wall.put("why", part.why());
        }
        return wall;
    }

    private Map<String, Object> document(ServiceName name, ServiceState state) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("name", name.value());
        service.put("port", catalog.ports().get(name));
        service.put("state", state.word());
        if (state instanceof ServiceState.Ready ready) {
            if (ready.process().pid() > 0) {
                service.put("pid", ready.process().pid());
            }
            service.put("seconds", since(ready.sinceNanos()).toSeconds());
        }
        if (state instanceof ServiceState.Failed failed) {
            service.put("reason", failed.reason());
        }
        return service;
    }

    /** One line about a service's state, with the next move where there is one. */
    static String describe(ServiceState state) {
        return switch (state) {
            case ServiceState.Stopped stopped ->
                    "stopped ("
                            + stopped.reason()
                            + "); starts with your next login's first forward";
            case ServiceState.Starting starting ->
                    "starting for " + since(starting.sinceNanos()).toSeconds() + " s";
            case ServiceState.Ready ready ->
                    "ready for " + ClockTime.length(since(ready.sinceNanos()));
            case ServiceState.BackingOff backingOff ->
                    "ended by itself, start "
                            + (backingOff.attempt() + 1)
                            + " in "
                            + backingOff.pause().toMillis()
                            + " ms"
                            + lastLine(backingOff.lastLog());
            case ServiceState.Stopping stopping -> "stopping (" + stopping.reason() + ")";
            case ServiceState.Failed failed ->
                    "FAILED: "
                            + failed.reason()
                            + lastLine(failed.lastLog())
                            + "\n            next: ssh HOST keyhole logs, then ssh HOST keyhole start";
        };
    }

    private static String lastLine(List<String> log) {
        return log.isEmpty() ? "" : "\n            | " + String.join("\n            | ", log);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}

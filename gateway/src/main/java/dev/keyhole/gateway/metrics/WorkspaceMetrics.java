package dev.keyhole.gateway.metrics;

import static dev.keyhole.gateway.metrics.Metric.counter;

import dev.keyhole.gateway.control.numbers.WorkspaceUse;
import dev.keyhole.gateway.metrics.Metric.Type;
import java.util.List;

/** What workspaces do, and how long their services take to start. */
final class WorkspaceMetrics {
    static final List<Metric> ALL =
            List.of(
                    new Metric(
                            "keyhole_workspaces",
                            Type.GAUGE,
                            "Workspaces of which anything runs, and those that somebody used since the door's start and that are stopped.",
                            List.of("state"),
                            now ->
                                    List.of(
                                            Sample.of("running", now.workspaces().running()),
                                            Sample.of(
                                                    "stopped",
                                                    now.workspaces().known()
                                                            - now.workspaces().running()))),
                    new Metric(
                            "keyhole_workspace_services",
                            Type.GAUGE,
                            "Services of workspaces, such as notebooks, by what they do.",
                            List.of("state"),
                            now ->
                                    WorkspaceUse.STATES.stream()
                                            .map(state ->
                                                    Sample.of(
                                                            state,
                                                            now.workspaces()
                                                                    .services()
                                                                    .getOrDefault(state, 0)))
                                            .toList()),
                    counter(
                            "keyhole_workspace_starts_total",
                            "Starts of services that were begun.",
                            now -> now.happenings().starts()),
                    new Metric(
                            "keyhole_workspace_start_seconds",
                            Type.HISTOGRAM,
                            "How long a service took from its start to its first answer.",
                            List.of(),
                            now ->
                                    List.of(
                                            new Sample.Spread(
                                                    List.of(), now.happenings().startTimes()))),
                    counter(
                            "keyhole_workspace_failures_total",
                            "Services that were given up.",
                            now -> now.happenings().failures()),
                    counter(
                            "keyhole_workspace_stops_total",
                            "Services that were stopped.",
                            now -> now.happenings().stops()),
                    counter(
                            "keyhole_workspace_memory_kills_total",
                            "Processes of workspaces that the kernel killed for using too much memory.",
                            now -> now.happenings().memoryKills()));

    private WorkspaceMetrics() {}
}

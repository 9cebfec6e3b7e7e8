package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Grant;
import dev.keyhole.gateway.access.Target;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.LoopbackPlaces;
import dev.keyhole.gateway.workspace.Workspace;
import dev.keyhole.gateway.workspace.WorkspaceRefusal;
import dev.keyhole.gateway.workspace.Workspaces;
import dev.keyhole.wire.Code;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fourth step: what was granted becomes an address. Starts the workspace if it does not run and waits until it answers;
 * the channel is held open meanwhile. Thread-safe; blocks for as long as a start takes.
 */
final class Resolve {
    private final Workspaces workspaces;
    private final LoopbackPlaces loopbacks;
    private final Optional<Endpoint.Unix> metrics;

    /** @param metrics where the door answers with its own numbers, if it does */
    Resolve(Workspaces workspaces, LoopbackPlaces loopbacks, Optional<Endpoint.Unix> metrics) {
        this.workspaces = workspaces;
        this.loopbacks = loopbacks;
        this.metrics = metrics;
    }

    /** @param told hears what a start does that takes long */
    Endpoint step(Grant grant, Consumer<String> told) throws ForwardRefusal, InterruptedException {
        return switch (grant.target()) {
            case Target.OwnLoopback own -> loopbacks.of(grant.holder().principal(), own.port());
            case Target.Shared shared -> new Endpoint.Shared(shared.service().address());
            case Target.Metrics own ->
                    metrics.orElseThrow(() ->
                            ForwardRefusal.unreachable(
                                    Refusal.of(
                                            Code.SERVICE_NOT_READY, "the door offers no " + own)));
            case Target.Service service -> {
                Workspace workspace = workspaces.of(grant.holder().principal());
                try (StartWatch watch = StartWatch.begin(workspace::step, told)) {
                    yield workspace.ready(service.name(), grant.holder().sinceNanos()).endpoint();
                } catch (WorkspaceRefusal e) {
                    throw switch (e.refusal().code()) {
                        case WORKSPACE_STOPPED, WORKSPACE_LIMIT ->
                                ForwardRefusal.byPolicy(e.refusal());
                        default -> ForwardRefusal.unreachable(e.refusal());
                    };
                }
            }
        };
    }
}

package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.launch.attached.AttachedLauncher;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Activity;
import dev.keyhole.gateway.workspace.Attachments;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.LoopbackPlaces;
import dev.keyhole.gateway.workspace.Resources;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.gateway.workspace.ServiceProbe;
import dev.keyhole.gateway.workspace.SshHost;
import java.util.List;
import java.util.Optional;

/**
 * Which launcher has a principal's workspace: the one of attached hosts, for whom a host is attached, else the machine's. It
 * is asked again each time, so an attachment holds from its next call on. Thread-safe.
 *
 * @param machine for everybody else
 * @param others where their own loopbacks are
 */
record LaunchersByOwner(
        Attachments attachments,
        AttachedLauncher attached,
        ServiceProbe hopProbe,
        Launcher machine,
        ServiceProbe machineProbe,
        LoopbackPlaces others)
        implements Launcher, ServiceProbe, LoopbackPlaces {
    private Launcher of(PrincipalName owner) {
        return attachments.of(owner).isPresent() ? attached : machine;
    }

    @Override
    public void prepare(PrincipalName owner) throws LaunchFailure {
        of(owner).prepare(owner);
    }

    /** It may have files here from before. */
    @Override
    public void retire(PrincipalName owner) throws LaunchFailure {
        attached.retire(owner);
        machine.retire(owner);
    }

    /** They hold here again when its host is detached. */
    @Override
    public void limit(PrincipalName owner, Resources resources) throws LaunchFailure {
        machine.limit(owner, resources);
    }

    @Override
    public long outOfMemoryKills(PrincipalName owner) {
        return of(owner).outOfMemoryKills(owner);
    }

    @Override
    public String place(PrincipalName owner) {
        return of(owner).place(owner);
    }

    @Override
    public Optional<String> step(PrincipalName owner) {
        return of(owner).step(owner);
    }

    @Override
    public List<IsolationPart> isolation(PrincipalName owner) {
        return of(owner).isolation(owner);
    }

    @Override
    public RunningService start(PrincipalName owner, ServiceName service) throws LaunchFailure {
        return of(owner).start(owner, service);
    }

    @Override
    public List<RunningService> running(PrincipalName owner) {
        return of(owner).running(owner);
    }

    /** What was started at a host is let go there, although it may be detached by now. */
    @Override
    public void stop(PrincipalName owner, ServiceName service) {
        attached.stop(owner, service);
        if (attachments.of(owner).isEmpty()) {
            machine.stop(owner, service);
        }
    }

    @Override
    public void awaitExit(RunningService service) throws InterruptedException {
        if (service.endpoint() instanceof Endpoint.Hop
                && attached.running(service.owner()).contains(service)) {
            attached.awaitExit(service);
        } else if (attachments.of(service.owner()).isEmpty()) {
            machine.awaitExit(service);
        }
    }

    @Override
    public List<String> log(PrincipalName owner, ServiceName service, int lines) {
        return of(owner).log(owner, service, lines);
    }

    @Override
    public RunningCommand exec(PrincipalName owner, Command command) throws LaunchFailure {
        return of(owner).exec(owner, command);
    }

    @Override
    public void endCommands(PrincipalName owner) {
        of(owner).endCommands(owner);
    }

    @Override
    public boolean answers(RunningService service) {
        return probe(service).answers(service);
    }

    @Override
    public Activity activity(RunningService service) {
        return probe(service).activity(service);
    }

    private ServiceProbe probe(RunningService service) {
        return attached.running(service.owner()).contains(service) ? hopProbe : machineProbe;
    }

    @Override
    public Endpoint of(PrincipalName owner, int port) {
        Optional<SshHost> host = attachments.host(owner);
        return host.isPresent()
                ? new Endpoint.Hop(host.get(), "localhost", port)
                : others.of(owner, port);
    }
}

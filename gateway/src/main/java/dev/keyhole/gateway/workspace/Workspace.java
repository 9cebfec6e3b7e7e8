package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * One principal's environment. It lives as long as the door knows the principal; its services come and go.
 *
 * <p>Thread-safe.
 */
public final class Workspace {
    private final PrincipalName owner;
    private final Launcher launcher;
    private final RunningWorkspaces running;
    private final Map<ServiceName, SupervisedService> services = new LinkedHashMap<>();

    // Guarded by this.
    private int openForwards;
    private final Set<OpenCommand> openCommands = new HashSet<>();
    private long lastUseNanos = System.nanoTime();
    private Optional<Instant> announcedStop = Optional.empty();

    public Workspace(
            PrincipalName owner,
            Collection<ServiceName> names,
            Launcher launcher,
            ServiceProbe probe,
            AuditLog audit,
            Patience patience,
            RunningWorkspaces running) {
        this.owner = owner;
        this.launcher = launcher;
        this.running = running;
        names.forEach(name ->
                services.put(
                        name,
                        new SupervisedService(owner, name, launcher, probe, audit, patience)));
    }

    public PrincipalName owner() {
        return owner;
    }

    /** Takes over what a former door left running. */
    public void adopt() {
        for (RunningService process : launcher.running(owner)) {
            SupervisedService service = services.get(process.service());
            if (service != null) {
                service.adopt(process);
                running.adopted(this);
            }
        }
    }

    /**
     * The service, running: started if need be, and waited for.
     *
     * @param loginNanos when the asking session logged in; one that is older than the last stop starts nothing
     * @throws WorkspaceRefusal WORKSPACE_STOPPED, WORKSPACE_LIMIT, WORKSPACE_FAILED or SERVICE_NOT_READY
     */
    public RunningService ready(ServiceName name, long loginNanos)
            throws WorkspaceRefusal, InterruptedException {
        SupervisedService service = service(name);
        if (!service.startsFor(loginNanos)) {
            return service.awaitReady(); // says why it does not run
        }
        start(service);
        return service.awaitReady();
    }

    /** Starts a service because its owner asked for it, and waits for it. */
    public RunningService start(ServiceName name) throws WorkspaceRefusal, InterruptedException {
        SupervisedService service = service(name);
        start(service);
        return service.awaitReady();
    }

    private void start(SupervisedService service) throws WorkspaceRefusal, InterruptedException {
        used();
        if (!service.state().isWanted()) {
            try (RunningWorkspaces.Place counted = running.enter(this)) {
                service.start();
            }
        }
    }

    /**
     * To be asked before a stop that a start is to follow: nothing may be half done.
     *
     * @throws WorkspaceRefusal WORKSPACE_LIMIT, as a start would
     */
    public void checkMayRun() throws WorkspaceRefusal {
        running.enter(this).close();
    }

    /** Whether anything of it runs, or is about to. */
    public boolean runs() {
        return openCommands() > 0
                || states().values().stream().anyMatch(ServiceState::takesResources);
    }

    /** Whether a service of it answers or a command runs in it. */
    boolean hasReadyService() {
        return openCommands() > 0
                || states().values().stream().anyMatch(ServiceState.Ready.class::isInstance);
    }

    /** Stops it unless somebody has used it since. */
    void stopUnlessUsedSince(long lastUse, String reason) {
        synchronized (this) {
            if (openForwards > 0 || !openCommands.isEmpty() || lastUseNanos != lastUse) {
                return;
            }
        }
        stop(reason);
    }

    /** Stops every service and returns when their processes are gone. */
    public void stop(String reason) {
        // The latest service first: it may depend on the ones before it.
        List<SupervisedService> latestFirst = new ArrayList<>(services.values()).reversed();
        latestFirst.forEach(service -> service.stop(reason));
        synchronized (this) {
            announcedStop = Optional.empty();
        }
        commands().forEach(OpenCommand::close);
        try {
            launcher.endCommands(owner);
        } catch (RuntimeException e) {
            // People look at the services to learn whether their workspace has ended.
            latestFirst.getLast().notStopped(e);
        }
    }

    /**
     * Starts a command in it; close it in any case. It counts as use until then, and its workspace as one that runs.
     *
     * @throws LaunchFailure when it cannot be started
     * @throws WorkspaceRefusal WORKSPACE_LIMIT
     */
    public RunningCommand exec(Command command) throws LaunchFailure, WorkspaceRefusal {
        try (RunningWorkspaces.Place counted = running.enter(this)) {
            OpenCommand open = new OpenCommand(launcher.exec(owner, command), this::ended);
            synchronized (this) {
                openCommands.add(open);
                used();
            }
            return open;
        }
    }

    private synchronized void ended(OpenCommand command) {
        openCommands.remove(command);
        used();
    }

    private synchronized List<OpenCommand> commands() {
        return List.copyOf(openCommands);
    }

    /** How many commands run that somebody is connected to. */
    public synchronized int openCommands() {
        return openCommands.size();
    }

    /** Stops supervising; the processes go on without this door. */
    public void release() {
        services.values().forEach(SupervisedService::release);
    }

    /** What each service is doing now, in the order of the catalog. */
    public SequencedMap<ServiceName, ServiceState> states() {
        SequencedMap<ServiceName, ServiceState> states = new LinkedHashMap<>();
        services.forEach((name, service) -> states.put(name, service.state()));
        return states;
    }

    /** Where it is, in a few words for people. */
    public String place() {
        return launcher.place(owner);
    }

    /** What a start of it that is under way does now. */
    public Optional<String> step() {
        return launcher.step(owner);
    }

    /** Each wall around it, and whether it stands. */
    public List<IsolationPart> isolation() {
        return launcher.isolation(owner);
    }

    /** The last lines that a service wrote. */
    public List<String> log(ServiceName name, int lines) {
        return launcher.log(owner, name, lines);
    }

    /** Counts a forward into it; pair it with {@link #forwardClosed}. */
    public synchronized void forwardOpened() {
        openForwards++;
        used();
    }

    public synchronized void forwardClosed() {
        openForwards--;
        used();
    }

    public synchronized int openForwards() {
        return openForwards;
    }

    /** Something is going on in it, forward or not; a stop that was announced does not come. */
    public synchronized void used() {
        lastUseNanos = System.nanoTime();
        announcedStop = Optional.empty();
    }

    /** When it was used last; changes with every use. */
    synchronized long lastUseNanos() {
        return lastUseNanos;
    }

    /** When it will be stopped because nobody uses it, once that is near. */
    public synchronized Optional<Instant> announcedStop() {
        return announcedStop;
    }

    /** Says so unless somebody has used it since. */
    synchronized boolean announceStop(Instant at, long lastUse) {
        if (openForwards > 0 || !openCommands.isEmpty() || lastUseNanos != lastUse) {
            return false;
        }
        announcedStop = Optional.of(at);
        return true;
    }

    /** How long nothing has used it, in nanoseconds; 0 while a forward or a command is open. */
    synchronized long unusedNanos() {
        return openForwards > 0 || !openCommands.isEmpty() ? 0 : System.nanoTime() - lastUseNanos;
    }

    private SupervisedService service(ServiceName name) {
        SupervisedService service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("The catalog has no service " + name);
        }
        return service;
    }
}

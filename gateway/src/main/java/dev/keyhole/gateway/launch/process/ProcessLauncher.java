package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.OwnLoopback;
import dev.keyhole.gateway.workspace.Resources;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts services as processes that outlive this launcher.
 *
 * <p>Thread-safe. One lock for each principal, held during a start or a stop of one of its services; waiting for an
 * exit holds none. Two launchers over one home must not run at the same time.
 */
public final class ProcessLauncher implements Launcher, OwnLoopback {
    private static final int LOG_LINES = 20;

    private final HomeLayout layout;
    private final OsUsers users;
    private final Map<ServiceName, ServiceProgram> programs;
    private final NotebookEnvironment notebook;
    private final Confinement confinement;
    private final Duration grace;
    private final Clock clock;

    private final CleanEnvironment environment = new CleanEnvironment(System.getenv());
    private final OsUser us = OsUser.current();
    private final Spawner spawner = new Spawner(us);
    private final ProcessTable processes = new ProcessTable();
    private final Stragglers stragglers = new Stragglers(processes);
    private final CommandStarter commands = new CommandStarter(environment, spawner);
    private final CommandLeftovers leftovers = new CommandLeftovers(processes);
    private final ServiceRecords records;
    private final WorkspaceDirectories directories;
    private final LimitRecords limits;
    private final Map<PrincipalName, Object> locks = new ConcurrentHashMap<>();

    /** @param grace how long a service may take to end by itself before it is killed */
    public ProcessLauncher(
            HomeLayout layout,
            OsUsers users,
            Map<ServiceName, ServiceProgram> programs,
            NotebookEnvironment notebook,
            Confinement confinement,
            Duration grace,
            Clock clock) {
        this.layout = layout;
        this.users = users;
        this.programs = new TreeMap<>(programs);
        this.notebook = notebook;
        this.confinement = confinement;
        this.grace = grace;
        this.clock = clock;
        this.records = new ServiceRecords(layout);
        this.directories = new WorkspaceDirectories(layout, users);
        this.limits = new LimitRecords(layout);
    }

    @Override
    public void prepare(PrincipalName owner) throws LaunchFailure {
        synchronized (lock(owner)) {
            users.ensure(owner, layout.workspaceHome(owner));
            directories.prepare(owner);
            notebook.ensure(owner);
        }
    }

    @Override
    public RunningService start(PrincipalName owner, ServiceName service) throws LaunchFailure {
        ServiceProgram program = programs.get(service);
        if (program == null) {
            throw new LaunchFailure(
                    "There is no program for the service " + service + ".", List.of());
        }
        synchronized (lock(owner)) {
            Optional<RunningService> running = find(owner, service);
            if (running.isPresent()) {
                return running.get();
            }
            endLeftovers(owner, service);
            prepare(owner); // whoever added the principal may have died before it did
            ServicePlace place = directories.prepare(owner, service);
            try {
                return spawn(place, program.command(place));
            } catch (LaunchFailure e) {
                forget(owner, service);
                if (hasNothing(owner)) {
                    confinement.end(owner);
                }
                throw e;
            }
        }
    }

    private RunningService spawn(ServicePlace place, ServiceProgram.Command command)
            throws LaunchFailure {
        PrincipalName owner = place.owner();
        ServiceName service = place.service();
        var record =
                new ServiceRecord(
                        UUID.randomUUID().toString(), processes.bootId(), 0, 0, place.socket());
        try {
            // Before the process: a launcher that dies in between finds it by the id in its
            // environment.
            records.write(owner, service, record);
            Map<String, String> variables =
                    environment.of(place.user(), place.home(), command.path());
            variables.putAll(command.environment());
            variables.put(ServiceRecord.VARIABLE, record.startId());
            Path log = log(owner, service).rotated();
            Process process =
                    spawner.start(
                            confinement.enter(owner, place.user()),
                            place.user(),
                            command.arguments(),
                            variables,
                            place.home(),
                            log);
            Optional<ProcessEntry> main =
                    processes.entry(process.pid()).filter(ProcessEntry::isAlive);
            if (main.isEmpty()) {
                throw new IOException("it ended at once");
            }
            records.write(owner, service, record.at(main.get()));
            return running(owner, service, main.get(), place.socket(), place.user());
        } catch (IOException e) {
            stragglers.end(record, place.user());
            forget(owner, service);
            throw new LaunchFailure(
                    service + " cannot be started: " + e.getMessage(),
                    log(owner, service, LOG_LINES));
        }
    }

    @Override
    public List<RunningService> running(PrincipalName owner) {
        List<RunningService> found = new ArrayList<>();
        synchronized (lock(owner)) {
            for (ServiceName service : programs.keySet()) {
                find(owner, service).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The process of the record; or, when its launcher died before it knew the pid, the one that carries its id. */
    private Optional<RunningService> find(PrincipalName owner, ServiceName service) {
        Optional<ServiceRecord> found = records.read(owner, service);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ServiceRecord record = found.get();
        OsUser user = user(owner);
        if (!record.bootId().equals(processes.bootId())) {
            return Optional.empty();
        }
        Optional<ProcessEntry> main =
                record.pid() > 0
                        ? processes.alive(record.pid(), record.startTime())
                        : stragglers.of(record, user).stream().findFirst();
        // Ours for the moment between the start and the step down to the user.
        if (main.isEmpty() || (main.get().uid() != user.uid() && main.get().uid() != us.uid())) {
            return Optional.empty();
        }
        if (record.pid() == 0) {
            remember(owner, service, record.at(main.get()));
        }
        return Optional.of(running(owner, service, main.get(), record.socket(), user));
    }

    private static RunningService running(
            PrincipalName owner, ServiceName service, ProcessEntry main, Path socket, OsUser user) {
        return new RunningService(
                owner,
                service,
                main.pid(),
                main.startTime(),
                new Endpoint.Unix(socket, user.name()));
    }

    @Override
    public void stop(PrincipalName owner, ServiceName service) {
        synchronized (lock(owner)) {
            if (records.read(owner, service).isPresent()) {
                end(owner, service);
            }
            if (hasNothing(owner)) {
                endWalls(owner);
            }
        }
    }

    private void endWalls(PrincipalName owner) {
        try {
            confinement.end(owner);
        } catch (LaunchFailure e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    private void end(PrincipalName owner, ServiceName service) {
        find(owner, service)
                .flatMap(running -> processes.alive(running.pid(), running.startTime()))
                .ifPresent(main -> {
                    Signals.ask(main); // Jupyter ends its kernels by itself
                    Signals.awaitEnd(main, grace);
                });
        endLeftovers(owner, service);
        forget(owner, service);
    }

    private void endLeftovers(PrincipalName owner, ServiceName service) {
        records.read(owner, service).ifPresent(record -> stragglers.end(record, user(owner)));
    }

    private void forget(PrincipalName owner, ServiceName service) {
        try {
            records.remove(owner, service);
            directories.clear(owner, service, hasNoService(owner));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "What " + service + " of " + owner + " left cannot be removed", e);
        }
    }

    /** Walls stay for commands, too; {@link #endCommands} comes last. */
    private boolean hasNothing(PrincipalName owner) {
        try {
            return hasNoService(owner)
                    && leftovers.of(users.of(owner), layout.workspace(owner)).isEmpty();
        } catch (LaunchFailure e) {
            return true; // without an OS user there were no commands
        }
    }

    private boolean hasNoService(PrincipalName owner) {
        return programs.keySet().stream()
                .allMatch(service -> records.read(owner, service).isEmpty());
    }

    private void remember(PrincipalName owner, ServiceName service, ServiceRecord record) {
        try {
            records.write(owner, service, record);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The record of " + service + " of " + owner + " cannot be written", e);
        }
    }

    /** Blocks in the kernel: call it on a platform thread. */
    @Override
    public void awaitExit(RunningService service) throws InterruptedException {
        Optional<ProcessEntry> main = processes.alive(service.pid(), service.startTime());
        if (main.isPresent()) {
            Signals.awaitExit(main.get());
        }
    }

    @Override
    public List<String> log(PrincipalName owner, ServiceName service, int lines) {
        return log(owner, service).last(lines);
    }

    @Override
    public void retire(PrincipalName owner) throws LaunchFailure {
        synchronized (lock(owner)) {
            for (ServiceName service : programs.keySet()) {
                stop(owner, service);
            }
            endCommands(owner);
            new Retirement(layout, users, processes, directories, clock).complete(owner);
        }
    }

    @Override
    public void limit(PrincipalName owner, Resources resources) throws LaunchFailure {
        synchronized (lock(owner)) {
            try {
                users.ensure(owner, layout.workspaceHome(owner));
                directories.prepare(owner);
                limits.write(owner, resources);
            } catch (IOException e) {
                throw new LaunchFailure(
                        "The limits of " + owner + " cannot be written: " + e.getMessage(),
                        List.of());
            }
            confinement.apply(owner);
        }
    }

    @Override
    public long outOfMemoryKills(PrincipalName owner) {
        return confinement.outOfMemoryKills(owner);
    }

    @Override
    public List<IsolationPart> isolation(PrincipalName owner) {
        return confinement.parts(owner);
    }

    @Override
    public Optional<SocketChannel> connect(PrincipalName owner, int port) throws IOException {
        try {
            OwnPorts ports = new OwnPorts(users.of(owner).uid());
            Optional<ProcessEntry> network = confinement.network(owner);
            return network.isPresent()
                    ? ports.connectInside(network.get(), port)
                    : ports.connectHere(port);
        } catch (LaunchFailure e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private ServiceLog log(PrincipalName owner, ServiceName service) {
        return new ServiceLog(layout.workspaceLog(owner).resolve(service + ".log"));
    }

    private OsUser user(PrincipalName owner) {
        try {
            return users.of(owner);
        } catch (LaunchFailure e) {
            throw new IllegalStateException(
                    "A service of " + owner + " is recorded but its OS user is gone", e);
        }
    }

    @Override
    public RunningCommand exec(PrincipalName owner, Command command) throws LaunchFailure {
        synchronized (lock(owner)) {
            CommandStarter.Place place = directories.prepareCommand(owner);
            return commands.start(confinement.enter(owner, place.user()), place, command);
        }
    }

    @Override
    public void endCommands(PrincipalName owner) {
        synchronized (lock(owner)) {
            try {
                leftovers.end(users.of(owner), layout.workspace(owner));
            } catch (LaunchFailure e) {
                return; // Without an OS user there were no commands.
            }
            if (hasNoService(owner)) {
                endWalls(owner);
            }
        }
    }

    private Object lock(PrincipalName owner) {
        return locks.computeIfAbsent(owner, name -> new Object());
    }
}

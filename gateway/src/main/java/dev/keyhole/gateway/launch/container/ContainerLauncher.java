package dev.keyhole.gateway.launch.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.Resources;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's side of workspaces that are containers. A service is started when its container runs and it is wanted; the
 * inner door starts the program at the first forward. What runs inside, commands above all, is reached over hops by whoever
 * has this launcher.
 *
 * <p>Thread-safe. One lock for each principal, held during a start or a stop; waiting for an exit holds none.
 */
public final class ContainerLauncher implements Launcher {
    /** What the container itself is wanted for, when no service is: commands. It is no service that anybody lists. */
    public static final ServiceName ITSELF = new ServiceName("container");

    /** Has no limits of its own. */
    private static final PrincipalName NOBODY = new PrincipalName("nobody-at-all");

    private static final String STARTING = "starting the container";
    private static final String INNER = "localhost";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** How long a container stays after the last command when nothing else wants it. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    /** Of a container that has ended. */
    private static final int MOST_LINES = 100;

    /** Its init, and the inner door. */
    private static final int OF_ITS_OWN = 2;

    /** One that is under way; a stop takes it off. Each is itself only. */
    private static final class Start {
        private final PrincipalName owner;
        private final ServiceName service;

        Start(PrincipalName owner, ServiceName service) {
            this.owner = owner;
            this.service = service;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ContainerLauncher.class);

    private final Setting setting;
    private final EngineHere engine;
    private final ContainerPlaces places;
    private final ContainerRecords records;
    private final WorkspaceLabels labels;
    private final WorkspaceContainers containers;
    private final Images images = new Images();
    private final Lingering lingering = new Lingering(LINGER, this::isOver);
    private final Map<PrincipalName, Object> locks = new ConcurrentHashMap<>();
    private final Map<PrincipalName, Long> commandsStarted = new ConcurrentHashMap<>();
    private final Map<PrincipalName, List<String>> lastWords = new ConcurrentHashMap<>();
    private final Set<Start> starts = ConcurrentHashMap.newKeySet();

    public ContainerLauncher(Setting setting, ContainerPlaces places) {
        this.setting = setting;
        this.places = places;
        this.engine = new EngineHere(setting.engine());
        this.records = new ContainerRecords(setting.layout());
        this.labels = WorkspaceLabels.of(setting.layout().home());
        this.containers = new WorkspaceContainers(setting, labels, records);
    }

    /** Checks that the engine can be used at all, before anybody waits for it. */
    public void check() throws LaunchFailure {
        engine.here();
    }

    @Override
    public Optional<String> step(PrincipalName owner) {
        return starts.stream().anyMatch(start -> start.owner.equals(owner))
                ? Optional.of(images.progress(setting.image().get()).orElse(STARTING))
                : Optional.empty();
    }

    /** A start makes all that it needs, and an end leaves only the volume. */
    @Override
    public void prepare(PrincipalName owner) {}

    /** Its image is pulled without the lock: meanwhile a stop is heard. */
    @Override
    public RunningService start(PrincipalName owner, ServiceName service) throws LaunchFailure {
        Start start = new Start(owner, service);
        starts.add(start);
        try {
            Engine here = engine.here();
            String image = setting.image().get();
            if (containers.running(here, owner).isEmpty()) {
                images.have(here, image);
            }
            synchronized (lock(owner)) {
                if (!starts.contains(start)) {
                    throw new LaunchFailure("It was stopped before it had started.", List.of());
                }
                ContainerPlaces.Place place = shared(owner);
                InspectContainerResponse container = containers.ensure(here, owner, image, place);
                records.want(owner, service, container.getId());
                if (service.equals(ITSELF)) {
                    commandsStarted.put(owner, System.nanoTime());
                    lingering.watch(owner);
                }
                return running(owner, service, container, place);
            }
        } catch (IOException e) {
            throw new LaunchFailure(
                    "What is known about the container of "
                            + owner
                            + " cannot be written: "
                            + e.getMessage()
                            + ".",
                    List.of());
        } finally {
            starts.remove(start);
        }
    }

    private RunningService running(
            PrincipalName owner,
            ServiceName service,
            InspectContainerResponse container,
            ContainerPlaces.Place place) {
        Long pid = container.getState().getPidLong();
        int port = setting.innerPorts().getOrDefault(service, 1);
        return new RunningService(
                owner,
                service,
                pid == null ? 0 : pid,
                WorkspaceContainers.startedAt(container),
                new Endpoint.Hop(place.host(), INNER, port));
    }

    @Override
    public List<RunningService> running(PrincipalName owner) {
        try {
            Optional<InspectContainerResponse> container = containers.running(engine.here(), owner);
            if (container.isEmpty()) {
                return List.of();
            }
            String id = container.get().getId();
            if (!wanted(owner, List.of(ITSELF), id).isEmpty()) {
                lingering.watch(owner); // commands of a former door may have left it
            }
            ContainerPlaces.Place place = shared(owner);
            List<RunningService> found = new ArrayList<>();
            for (ServiceName service : wanted(owner, setting.innerPorts().keySet(), id)) {
                found.add(running(owner, service, container.get(), place));
            }
            return found;
        } catch (LaunchFailure e) {
            return List.of(); // Nobody can say; each use says why.
        }
    }

    private List<ServiceName> wanted(
            PrincipalName owner, Collection<ServiceName> services, String container) {
        try {
            return records.wanted(owner, services, container);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With what was wanted last the container ends. */
    @Override
    public void stop(PrincipalName owner, ServiceName service) {
        starts.removeIf(start -> start.owner.equals(owner) && start.service.equals(service));
        synchronized (lock(owner)) {
            try {
                records.forget(owner, service);
                Engine here = engine.here();
                Optional<InspectContainerResponse> container = containers.running(here, owner);
                if (container.isEmpty() || !isWanted(owner, container.get().getId())) {
                    here.remove(labels.name(owner), setting.grace());
                    unshare(owner);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (LaunchFailure e) {
                throw new UncheckedIOException(new IOException(e.getMessage(), e));
            }
        }
    }

    private boolean isWanted(PrincipalName owner, String container) {
        return isWantedByServices(owner, container)
                || !wanted(owner, List.of(ITSELF), container).isEmpty();
    }

    private boolean isWantedByServices(PrincipalName owner, String container) {
        return !wanted(owner, setting.innerPorts().keySet(), container).isEmpty();
    }

    /** Whether the container of that principal no longer runs for commands only; ends it when they have left nothing. */
    private boolean isOver(PrincipalName owner) {
        synchronized (lock(owner)) {
            try {
                Optional<InspectContainerResponse> container =
                        containers.running(engine.here(), owner);
                if (container.isEmpty()
                        || wanted(owner, List.of(ITSELF), container.get().getId()).isEmpty()) {
                    return true;
                }
                if (GroupFile.processes(container.get().getState().getPidLong()) != OF_ITS_OWN
                        || startedCommandLately(owner)
                        || isWantedByServices(owner, container.get().getId())) {
                    return false;
                }
                stop(owner, ITSELF);
                return true;
            } catch (LaunchFailure | UncheckedIOException e) {
                return false; // The engine is away; look again.
            }
        }
    }

    private boolean startedCommandLately(PrincipalName owner) {
        Long last = commandsStarted.get(owner);
        return last != null && System.nanoTime() - last < LINGER.toNanos();
    }

    /** An engine that does not answer has not ended it: a container outlives its engine's restart. */
    @Override
    public void awaitExit(RunningService service) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                Engine here = engine.here();
                Optional<InspectContainerResponse> container =
                        containers
                                .running(here, service.owner())
                                .filter(one ->
                                        WorkspaceContainers.startedAt(one) == service.startTime());
                if (container.isEmpty()) {
                    clearEnded(service.owner());
                    return;
                }
                here.await(container.get().getId());
            } catch (LaunchFailure | RuntimeException e) {
                LOG.debug("The engine of {} does not answer", service.owner(), e);
            }
            if (never.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts this latch down");
            }
        }
    }

    /** One that has ended is of no use but for its last words. */
    private void clearEnded(PrincipalName owner) throws LaunchFailure {
        synchronized (lock(owner)) {
            Engine here = engine.here();
            if (containers.running(here, owner).isEmpty()) {
                List<String> said = here.log(labels.name(owner), MOST_LINES);
                if (!said.isEmpty()) {
                    lastWords.put(owner, said);
                }
                here.remove(labels.name(owner), Duration.ZERO);
            }
        }
    }

    @Override
    public List<String> log(PrincipalName owner, ServiceName service, int lines) {
        try {
            clearEnded(owner); // nobody may have waited for an end that came at once
            List<String> said = engine.here().log(labels.name(owner), lines);
            List<String> all = said.isEmpty() ? lastWords.getOrDefault(owner, List.of()) : said;
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (LaunchFailure e) {
            return List.of(e.getMessage());
        }
    }

    /** Its volume stays with the engine, under a name that nobody gets again; `removed` in the home says which. */
    @Override
    public void retire(PrincipalName owner) throws LaunchFailure {
        synchronized (lock(owner)) {
            try {
                Engine here = engine.here();
                here.remove(labels.name(owner), setting.grace());
                records.giveUpVolume(owner);
                places.remove(owner);
            } catch (IOException e) {
                throw new LaunchFailure(
                        "What " + owner + " left cannot be put away: " + e.getMessage() + ".",
                        List.of());
            }
        }
    }

    @Override
    public void limit(PrincipalName owner, Resources resources) throws LaunchFailure {
        setting.keepLimits().keep(owner, resources);
        engine.here().limit(labels.name(owner), setting.limits().apply(owner));
    }

    @Override
    public long outOfMemoryKills(PrincipalName owner) {
        try {
            return engine.here()
                    .inspect(labels.name(owner))
                    .map(container -> KernelKills.of(container.getState().getPidLong()))
                    .orElse(0L);
        } catch (LaunchFailure e) {
            return 0;
        }
    }

    @Override
    public String place(PrincipalName owner) {
        return place(setting.layout(), owner);
    }

    /** For a door that has a broker to ask for the rest. */
    public static String place(HomeLayout home, PrincipalName owner) {
        return "container " + WorkspaceLabels.of(home.home()).name(owner);
    }

    @Override
    public List<IsolationPart> isolation(PrincipalName owner) {
        return ContainerWalls.of(setting.network(), setting.limits().apply(owner));
    }

    /** The same for everybody: what the config says, and the engine does. */
    public List<IsolationPart> walls() {
        return ContainerWalls.of(setting.network(), setting.limits().apply(NOBODY));
    }

    /** Not here: the engine would run it outside of the inner door's sessions. */
    @Override
    public RunningCommand exec(PrincipalName owner, Command command) throws LaunchFailure {
        throw new LaunchFailure("Commands go through the inner door.", List.of());
    }

    @Override
    public void endCommands(PrincipalName owner) {
        stop(owner, ITSELF);
    }

    /** One at a time, whoever's it is: it is a few small files. */
    private synchronized ContainerPlaces.Place shared(PrincipalName owner) throws LaunchFailure {
        try {
            return places.open(owner);
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The directories that the container of "
                            + owner
                            + " shares with the door cannot be made: "
                            + e.getMessage()
                            + ".",
                    List.of());
        }
    }

    /** The next container gets others; what cannot be removed is in nobody's way. */
    private synchronized void unshare(PrincipalName owner) {
        try {
            places.remove(owner);
        } catch (IOException e) {
            LOG.warn("What the container of {} shared with the door stays", owner, e);
        }
    }

    private Object lock(PrincipalName owner) {
        return locks.computeIfAbsent(owner, name -> new Object());
    }
}

package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walls around each workspace: built at its first start, entered by each of its processes, torn down at its end. What
 * the machine does not allow is left out and said by {@link #parts}.
 *
 * <p>They stand without us: a later launcher reads the record and goes on with the same ones, and a record whose walls were
 * never finished is cleared before new ones are built. Calls for one workspace come one at a time; for several, at once.
 */
public final class Confinement {
    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);
    private static final String TRIAL = "trial";

    private final HomeLayout layout;
    private final Resources usual;
    private final boolean container;
    private final Installations installations;
    private final LimitRecords limits;
    private final WallRecords records;
    private final ControlGroups groups;
    private final WorkspaceNetworks networks;
    private final Demolition demolition;
    private final GpuNodes gpus = new GpuNodes(Path.of("/dev"));
    private final ProcessTable processes = new ProcessTable();
    private @Nullable List<IsolationPart> tried; // guarded by this

    /**
     * @param usual limits of whoever has none of its own
     * @param network addresses for the workspaces' own networks
     * @param container whether what is around this process is a container of one person
     */
    public Confinement(
            HomeLayout layout, Resources usual, AddressBlock network, boolean container) {
        this.layout = layout;
        this.usual = usual;
        this.container = container;
        String mark = HomeMark.of(layout.home());
        this.installations = new Installations(layout);
        this.limits = new LimitRecords(layout);
        this.records = new WallRecords(layout);
        this.groups = new ControlGroups(mark);
        this.networks = new WorkspaceNetworks(new NetworkPlan(mark, network));
        this.demolition = new Demolition(processes, networks);
    }

    /** Builds what is missing; every process of the workspace goes in there. */
    Entrance enter(PrincipalName owner, OsUser user) throws LaunchFailure {
        if (!separates(user)) {
            return Entrance.NONE;
        }
        Optional<Walls> standing = standing(owner);
        return Entrance.to(standing.isPresent() ? standing.get() : build(owner, user));
    }

    /** Only root can build any, and only around somebody else. */
    private static boolean separates(OsUser user) {
        return OsUser.current().isRoot() && !user.isRoot();
    }

    private Walls build(PrincipalName owner, OsUser user) throws LaunchFailure {
        Resources resources = resources(owner);
        Gpus wish = resources.gpus().orElseGet(Gpus.All::new);
        Path file = WallRecords.file(layout.workspaceRun(owner));
        clear(file);
        synchronized (this) {
            // From the choice of GPUs to the record that keeps others from choosing the same.
            List<Path> nodes = gpus.choose(wish, taken());
            Walls plan = plan(owner.value(), layout.workspaceRun(owner), nodes);
            write(file, plan);
        }
        return finish(file, user, resources, visible(owner));
    }

    private Walls plan(String name, Path run, List<Path> nodes) throws LaunchFailure {
        String id = UUID.randomUUID().toString();
        OptionalInt network = OptionalInt.empty();
        if (SystemTool.find("ip").isPresent() && SystemTool.find("nft").isPresent()) {
            network = OptionalInt.of(networks.reserve(name));
        }
        ControlGroup group;
        try {
            group = groups.of(name);
        } catch (IOException e) {
            LOG.warn("There are no control groups: {}", e.getMessage());
            group = new ControlGroup(List.of());
        }
        return new Walls(
                id,
                processes.bootId(),
                0,
                0,
                run.resolve("own-" + id.substring(0, 8)),
                network,
                group.directories(),
                nodes,
                List.of());
    }

    /** What is recorded as begun becomes walls that stand; or a failure, and nothing. */
    private Walls finish(Path file, OsUser user, Resources resources, List<Path> visible)
            throws LaunchFailure {
        Walls plan = records.read(file).orElseThrow(IllegalStateException::new);
        List<IsolationPart> missing = new ArrayList<>();
        try {
            ControlGroup group = new ControlGroup(plan.groups());
            missing.addAll(group.make());
            missing.addAll(group.limit(resources));
            group.allowDevices(plan.gpus());
            new PrivateDirectory(OsUser.current().uid(), OsUser.current().gid(), 0711)
                    .make(plan.scratch());
            Walls walls = withNetwork(plan, user, visible, missing);
            write(file, walls);
            return walls;
        } catch (IOException e) {
            clear(file);
            throw new LaunchFailure(
                    "The workspace cannot be separated: " + e.getMessage(), List.of());
        } catch (LaunchFailure e) {
            clear(file);
            throw e;
        }
    }

    private Walls withNetwork(
            Walls plan, OsUser user, List<Path> visible, List<IsolationPart> missing)
            throws LaunchFailure, IOException {
        WallBuilder builder = new WallBuilder(processes);
        String why = "There is no ip or no nft; install iproute2 and nftables.";
        if (plan.network().isPresent()) {
            try {
                WallBuilder.Built built = builder.build(plan, user, true, visible);
                Walls walls = walls(plan, built, plan.network(), missing);
                networks.connect(plan.network().getAsInt(), built.keeper(), living());
                return walls;
            } catch (LaunchFailure e) {
                why = e.getMessage();
                demolition.remove(plan);
                new ControlGroup(plan.groups()).make();
                new PrivateDirectory(OsUser.current().uid(), OsUser.current().gid(), 0711)
                        .make(plan.scratch());
            }
        }
        missing.add(IsolationPart.missing("network", why));
        try {
            WallBuilder.Built built = builder.build(plan, user, false, visible);
            return walls(plan, built, OptionalInt.empty(), missing);
        } catch (LaunchFailure e) {
            for (String word : List.of("files", "processes", "devices")) {
                missing.add(IsolationPart.missing(word, e.getMessage()));
            }
            return plan.withoutNamespaces(missing);
        }
    }

    private static Walls walls(
            Walls plan, WallBuilder.Built built, OptionalInt network, List<IsolationPart> missing) {
        List<IsolationPart> all = new ArrayList<>(missing);
        all.addAll(built.missing());
        return plan.keptBy(built.keeper(), network, all);
    }

    /** The home, and the Python that notebooks run, wherever a link leads to. */
    private List<Path> visible(PrincipalName owner) {
        Set<Path> paths = new LinkedHashSet<>();
        paths.add(layout.home());
        installations
                .of(owner)
                .ifPresent(installation -> {
                    Path environment = installation.bin().resolve("..").normalize();
                    paths.add(environment);
                    paths.add(real(environment));
                    paths.add(real(installation.python()).resolve("../..").normalize());
                });
        return paths.stream()
                .filter(path -> path.getNameCount() > 1 && Files.isDirectory(path))
                .toList();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private Resources resources(PrincipalName owner) throws LaunchFailure {
        try {
            return limits.of(owner).or(usual);
        } catch (IOException e) {
            throw new LaunchFailure(e.getMessage() + ". Set the limits again.", List.of());
        }
    }

    /** The process that keeps the workspace's network, where it has one of its own. */
    Optional<ProcessEntry> network(PrincipalName owner) {
        return standing(owner)
                .filter(walls -> walls.network().isPresent())
                .flatMap(walls -> processes.alive(walls.pid(), walls.startTime()));
    }

    private Optional<Walls> standing(PrincipalName owner) {
        return records.read(WallRecords.file(layout.workspaceRun(owner))).filter(this::stand);
    }

    private boolean stand(Walls walls) {
        return walls.isBuilt()
                && walls.bootId().equals(processes.bootId())
                && (!walls.hasNamespaces()
                        || processes.alive(walls.pid(), walls.startTime()).isPresent());
    }

    /**
     * Ends every process inside and removes the walls.
     *
     * @throws LaunchFailure when a process does not end
     */
    void end(PrincipalName owner) throws LaunchFailure {
        clear(WallRecords.file(layout.workspaceRun(owner)));
    }

    private void clear(Path file) throws LaunchFailure {
        Optional<Walls> walls = records.read(file);
        try {
            if (walls.isPresent()) {
                demolition.remove(walls.get());
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The walls of a workspace cannot be removed: " + e.getMessage(), List.of());
        }
    }

    /**
     * Puts new limits in force for what runs; GPUs wait for the next start.
     *
     * @throws LaunchFailure when the kernel refuses them
     */
    void apply(PrincipalName owner) throws LaunchFailure {
        Optional<Walls> walls = standing(owner);
        if (walls.isEmpty()) {
            return;
        }
        List<IsolationPart> missing =
                new ControlGroup(walls.get().groups()).limit(resources(owner));
        for (IsolationPart part : missing) {
            if (!walls.get().missing().contains(part)) {
                throw new LaunchFailure(
                        "The limit of " + part.word() + " is not in force. " + part.why(),
                        List.of());
            }
        }
    }

    /** How many processes of a workspace were killed, since its start, because it had used up its memory. */
    long outOfMemoryKills(PrincipalName owner) {
        return standing(owner)
                .map(walls -> new ControlGroup(walls.groups()).outOfMemoryKills())
                .orElse(0L);
    }

    List<IsolationPart> parts(PrincipalName owner) {
        if (!OsUser.current().isRoot()) {
            return IsolationParts.withoutRoot(container);
        }
        Optional<Walls> walls = standing(owner);
        return IsolationParts.from(walls.isPresent() ? walls.get().missing() : tried());
    }

    /** What this machine allows, found out by building walls around nobody and removing them. */
    public synchronized List<IsolationPart> machine() {
        return OsUser.current().isRoot()
                ? IsolationParts.from(tried())
                : IsolationParts.withoutRoot(container);
    }

    private synchronized List<IsolationPart> tried() {
        if (tried == null) {
            tried = tryOut();
        }
        return tried;
    }

    private List<IsolationPart> tryOut() {
        Path file = WallRecords.file(layout.run());
        OsUser nobody = new OsUser("nobody", 65534, 65534, Path.of("/"));
        try {
            clear(file);
            write(file, plan(TRIAL, layout.run(), List.of()));
            List<IsolationPart> missing =
                    finish(file, nobody, usual, List.of(layout.home())).missing();
            clear(file);
            return missing;
        } catch (LaunchFailure e) {
            return List.of(IsolationPart.missing("walls", e.getMessage()));
        }
    }

    private List<Path> taken() throws LaunchFailure {
        try {
            return records.all().stream()
                    .filter(walls -> !walls.isBuilt() || stand(walls))
                    .flatMap(walls -> walls.gpus().stream())
                    .toList();
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The workspaces' records cannot be read: " + e.getMessage(), List.of());
        }
    }

    private List<Integer> living() throws IOException {
        return records.all().stream()
                .filter(walls -> walls.network().isPresent())
                .map(walls -> walls.network().getAsInt())
                .toList();
    }

    private void write(Path file, Walls walls) throws LaunchFailure {
        try {
            if (Files.exists(file.resolveSibling("."), LinkOption.NOFOLLOW_LINKS)) {
                records.write(file, walls);
            }
        } catch (IOException e) {
            throw new LaunchFailure(
                    "The workspace's record cannot be written: " + e.getMessage(), List.of());
        }
    }
}

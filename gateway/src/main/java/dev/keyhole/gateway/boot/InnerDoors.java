package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.launch.container.ContainerLauncher;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Activity;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.LoopbackPlaces;
import dev.keyhole.gateway.workspace.Resources;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.gateway.workspace.ServiceProbe;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Workspaces in containers, whole: the engine's side starts and ends them, and what happens inside goes over a hop to the
 * inner door. Thread-safe.
 */
final class InnerDoors implements Launcher, ServiceProbe, LoopbackPlaces {
    private static final Duration UNTIL_OPEN = Duration.ofSeconds(30);
    private static final int LOG_LINES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final HomeLayout home;
    private final Launcher engine;
    private final Hops hops;
    private final ServiceProbe probe;

    /** Where the inner door of a container that was seen running is; a hint, never a proof. */
    private final Map<PrincipalName, SshHost> seen = new ConcurrentHashMap<>();

    /**
     * @param engine this process's {@link ContainerLauncher}, or the broker's
     * @param probe whether a service behind a hop answers
     */
    InnerDoors(HomeLayout home, Launcher engine, Hops hops, ServiceProbe probe) {
        this.home = home;
        this.engine = engine;
        this.hops = hops;
        this.probe = probe;
    }

    private RunningService noted(RunningService service) {
        if (service.endpoint() instanceof Endpoint.Hop hop) {
            seen.put(service.owner(), hop.host());
        }
        return service;
    }

    @Override
    public void prepare(PrincipalName owner) throws LaunchFailure {
        engine.prepare(owner);
    }

    @Override
    public void retire(PrincipalName owner) throws LaunchFailure {
        engine.retire(owner);
        forget(owner);
    }

    private void forget(PrincipalName owner) {
        SshHost host = seen.remove(owner);
        if (host != null) {
            hops.close(host);
        }
    }

    @Override
    public void limit(PrincipalName owner, Resources resources) throws LaunchFailure {
        engine.limit(owner, resources);
    }

    @Override
    public long outOfMemoryKills(PrincipalName owner) {
        return engine.outOfMemoryKills(owner);
    }

    @Override
    public String place(PrincipalName owner) {
        return ContainerLauncher.place(home, owner);
    }

    @Override
    public Optional<String> step(PrincipalName owner) {
        return engine.step(owner);
    }

    @Override
    public List<IsolationPart> isolation(PrincipalName owner) {
        return engine.isolation(owner);
    }

    @Override
    public RunningService start(PrincipalName owner, ServiceName service) throws LaunchFailure {
        return noted(engine.start(owner, service));
    }

    @Override
    public List<RunningService> running(PrincipalName owner) {
        List<RunningService> running = engine.running(owner);
        running.forEach(this::noted);
        return running;
    }

    @Override
    public void stop(PrincipalName owner, ServiceName service) {
        engine.stop(owner, service); // a hop ends with its container
    }

    @Override
    public void awaitExit(RunningService service) throws InterruptedException {
        engine.awaitExit(service);
    }

    /** The service's own lines are inside; what the container said is what there is when it is gone. */
    @Override
    public List<String> log(PrincipalName owner, ServiceName service, int lines) {
        SshHost host = seen.get(owner);
        if (host != null) {
            try {
                List<String> all = hops.ask(host, "keyhole logs " + service).lines().toList();
                return all.subList(Math.max(0, all.size() - lines), all.size());
            } catch (HopFailure e) {
                // It is not open; the container's own words must do.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return engine.log(owner, service, lines);
    }

    @Override
    public RunningCommand exec(PrincipalName owner, Command command) throws LaunchFailure {
        RunningService container = noted(engine.start(owner, ContainerLauncher.ITSELF));
        if (!(container.endpoint() instanceof Endpoint.Hop hop)) {
            throw new LaunchFailure("The container has no inner door.", List.of());
        }
        long deadline = System.nanoTime() + UNTIL_OPEN.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (true) {
                try {
                    return hops.exec(hop.host(), command);
                } catch (HopFailure e) {
                    // A container that has just started opens its inner door in a second or two.
                    if (!mayOpenYet(e) || System.nanoTime() - deadline > 0) {
                        throw refused(owner, e);
                    }
                }
                if (never.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts this latch down");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchFailure("Nobody waits for it any more.", List.of());
        }
    }

    /** Whoever answers with another key, or does not know ours, will not change. */
    private static boolean mayOpenYet(HopFailure e) {
        return !e.isByPolicy()
                && e.refusal().code() != Code.HOST_KEY_CHANGED
                && e.refusal().code() != Code.HOST_LOGIN_REFUSED;
    }

    /** Of a door that never opened the container's last line tells more than the hop. */
    private LaunchFailure refused(PrincipalName owner, HopFailure e) {
        List<String> said = engine.log(owner, ContainerLauncher.ITSELF, LOG_LINES);
        String last =
                !mayOpenYet(e) || said.isEmpty()
                        ? ""
                        : " The container said last: " + said.getLast().strip();
        return new LaunchFailure(e.refusal().message() + last, said);
    }

    @Override
    public void endCommands(PrincipalName owner) {
        engine.endCommands(owner);
        if (engine.running(owner).isEmpty()) {
            forget(owner);
        }
    }

    @Override
    public boolean answers(RunningService service) {
        return probe.answers(service);
    }

    /** As the inner door sees it; of TensorBoard only forwards count, and those the caller knows. */
    @Override
    public Activity activity(RunningService service) {
        if (!(service.endpoint() instanceof Endpoint.Hop hop)) {
            return Activity.UNKNOWN;
        }
        if (!service.service().equals(ServiceName.JUPYTER)) {
            return InnerStatus.NOTHING;
        }
        try {
            return InnerStatus.activity(hops.ask(hop.host(), "keyhole status --json"));
        } catch (HopFailure e) {
            return Activity.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Activity.UNKNOWN;
        }
    }

    @Override
    public Endpoint of(PrincipalName owner, int port) {
        SshHost host = seen.get(owner);
        return host == null
                ? new Endpoint.OwnLoopback(owner, port) // which nobody has here, and so is refused
                : new Endpoint.Hop(host, "localhost", port);
    }
}

package dev.keyhole.gateway.workspace;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A launcher whose processes are objects: they live until they are stopped or {@link #crash} is called. */
final class FakeLauncher implements Launcher, ServiceProbe {
    private final Map<Long, CountDownLatch> alive = new ConcurrentHashMap<>();
    private final Map<ServiceName, RunningService> running = new ConcurrentHashMap<>();
    private final AtomicLong nextPid = new AtomicLong(100);
    final AtomicInteger starts = new AtomicInteger();
    volatile boolean answers = true;
    volatile long kills;
    volatile boolean failsToStart;
    volatile boolean breaks;
    volatile Activity activity = new Activity(0, 0, 0, true);

    @Override
    public void prepare(PrincipalName owner) {}

    @Override
    public void retire(PrincipalName owner) {}

    @Override
    public void limit(PrincipalName owner, Resources resources) {}

    @Override
    public long outOfMemoryKills(PrincipalName owner) {
        return kills;
    }

    @Override
    public List<IsolationPart> isolation(PrincipalName owner) {
        return List.of();
    }

    @Override
    public RunningService start(PrincipalName owner, ServiceName service) throws LaunchFailure {
        starts.incrementAndGet();
        if (breaks) {
            throw new IllegalStateException("a bug");
        }
        if (failsToStart) {
            throw new LaunchFailure("no such program.", List.of("boom"));
        }
        long pid = nextPid.incrementAndGet();
        alive.put(pid, new CountDownLatch(1));
        RunningService process =
                new RunningService(
                        owner,
                        service,
                        pid,
                        1,
                        new Endpoint.Unix(Path.of("/run/x"), "keyhole-ada"));
        running.put(service, process);
        return process;
    }

    @Override
    public List<RunningService> running(PrincipalName owner) {
        return List.copyOf(running.values());
    }

    @Override
    public void stop(PrincipalName owner, ServiceName service) {
        if (breaks) {
            throw new IllegalStateException("a bug");
        }
        RunningService process = running.remove(service);
        if (process != null) {
            life(process).countDown();
        }
    }

    private CountDownLatch life(RunningService process) {
        return Objects.requireNonNull(alive.get(process.pid()));
    }

    void crash(ServiceName service) {
        stop(new PrincipalName("ada"), service);
    }

    @Override
    public void awaitExit(RunningService service) throws InterruptedException {
        life(service).await();
    }

    @Override
    public List<String> log(PrincipalName owner, ServiceName service, int lines) {
        return List.of("boom");
    }

    @Override
    public boolean answers(RunningService service) {
        return answers;
    }

    @Override
    public Activity activity(RunningService service) {
        return activity;
    }

    @Override
    public RunningCommand exec(PrincipalName owner, Command command) throws LaunchFailure {
        throw new LaunchFailure("no commands here.", List.of());
    }

    @Override
    public void endCommands(PrincipalName owner) {}
}

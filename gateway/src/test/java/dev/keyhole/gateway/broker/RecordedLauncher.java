package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.RunningService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A launcher without processes: a service runs from its start to its stop. */
final class RecordedLauncher implements Launcher {
    private final Map<ServiceName, CountDownLatch> exits = new ConcurrentHashMap<>();
    private volatile boolean broken;

    void breakDown() {
        broken = true;
    }

    static RunningService running(PrincipalName owner, ServiceName service) {
        var endpoint =
                new Endpoint.Unix(Path.of("/a home/with spaces/" + service), "keyhole-" + owner);
        return new RunningService(owner, service, 4711, 99, endpoint);
    }

    @Override
    public RunningService start(PrincipalName owner, ServiceName service) throws LaunchFailure {
        if (broken) {
            throw new LaunchFailure("It is broken.\nTruly.", List.of("first", "second line"));
        }
        exits.putIfAbsent(service, new CountDownLatch(1));
        return running(owner, service);
    }

    @Override
    public List<RunningService> running(PrincipalName owner) {
        return exits.keySet().stream().sorted().map(service -> running(owner, service)).toList();
    }

    @Override
    public void stop(PrincipalName owner, ServiceName service) {
        CountDownLatch exit = exits.remove(service);
        if (exit != null) {
            exit.countDown();
        }
    }

    @Override
    public void awaitExit(RunningService service) throws InterruptedException {
        CountDownLatch exit = exits.get(service.service());
        if (exit != null) {
            exit.await();
        }
    }

    @Override
    public List<String> log(PrincipalName owner, ServiceName service, int lines) {
        return List.of("done", "failed ", "", "a line of " + lines);
    }
}

package dev.keyhole.gateway.broker;

import dev.keyhole.gateway.ban.KernelTable;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.gateway.workspace.Accounts;
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
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A launcher without processes: a service runs from its start to its stop. */
final class RecordedLauncher implements Launcher, OwnLoopback, Accounts, KernelTable {
    final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Optional<SocketAddress> listener = Optional.empty();
    private final Map<ServiceName, CountDownLatch> exits = new ConcurrentHashMap<>();
    final LinkedBlockingQueue<EchoedCommand> commands = new LinkedBlockingQueue<>();
    private volatile boolean broken;

    void breakDown() {
        broken = true;
    }

    static RunningService running(PrincipalName owner, ServiceName service) {
        var endpoint =
                new Endpoint.Unix(Path.of("/a home/with spaces/" + service), "keyhole-" + owner);
        return new RunningService(owner, service, 4711, 99, endpoint);
    }

    /** From now on everybody's own loopback port is this listener. */
    void listenAt(SocketAddress address) {
        listener = Optional.of(address);
    }

    @Override
    public void prepare(PrincipalName owner) {
        asked.add("prepare " + owner);
    }

    @Override
    public void retire(PrincipalName owner) throws LaunchFailure {
        if (broken) {
            throw new LaunchFailure("It does not end.", List.of());
        }
        asked.add("retire " + owner);
    }

    @Override
    public void limit(PrincipalName owner, Resources resources) {
        asked.add("limit " + owner + " " + resources);
    }

    @Override
    public long outOfMemoryKills(PrincipalName owner) {
        return 3;
    }

    @Override
    public List<IsolationPart> isolation(PrincipalName owner) {
        return List.of(
                IsolationPart.stands("user"),
                IsolationPart.missing("network", "There is no nft; install nftables."));
    }

    @Override
    public Optional<SocketChannel> connect(PrincipalName owner, int port) throws IOException {
        if (broken) {
            throw new IOException("it does not answer");
        }
        return listener.isPresent()
                ? Optional.of(SocketChannel.open(listener.get()))
                : Optional.empty();
    }

    @Override
    public void map(PrincipalName owner, String account) {
        asked.add("map " + owner + " " + account);
    }

    @Override
    public void unmap(PrincipalName owner) {
        asked.add("unmap " + owner);
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

    @Override
    public RunningCommand exec(PrincipalName owner, Command command) throws LaunchFailure {
        if (broken) {
            throw new LaunchFailure("It is broken.", List.of());
        }
        var echoed = new EchoedCommand(command);
        commands.add(echoed);
        return echoed;
    }

    @Override
    public void drop(SourceGroup source, Duration time) throws IOException {
        if (broken) {
            throw new IOException("the set is full");
        }
        asked.add("drop " + source + " " + time.toSeconds());
    }

    @Override
    public void lift(SourceGroup source) {
        asked.add("lift " + source);
    }

    @Override
    public void liftAll() {
        asked.add("lift-all");
    }

    @Override
    public void requireTable() throws IOException {
        if (broken) {
            throw new IOException("There is no nft; install nftables.");
        }
    }

    @Override
    public void endCommands(PrincipalName owner) {}
}

package dev.keyhole.gateway.launch.attached;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.AttachedHost;
import dev.keyhole.gateway.workspace.Attachments;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Launcher;
import dev.keyhole.gateway.workspace.Resources;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.gateway.workspace.SshHost;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The launcher of attached hosts. A service there runs, for us, from a start that reached it until a stop; when the host goes
 * away in between, each forward is refused with the reason, and the first one after its return works again.
 *
 * <p>Thread-safe. After a restart of the door nothing runs until somebody asks for it: there is no process to adopt.
 */
public final class AttachedLauncher implements Launcher {
    /** Ours, because the processes are the host's. */
    private static final long NO_PID = 0;

    /** Where the host's own loopback is, for the host. */
    static final String LOOPBACK = "localhost";

    private record Key(PrincipalName owner, ServiceName service) {}

    private record Started(RunningService service, SshHost host, CountDownLatch stopped) {}

    private final Attachments attachments;
    private final Hops hops;
    private final AtomicLong starts = new AtomicLong();
    private final Map<Key, Started> started =
            new ConcurrentSkipListMap<>(
                    Comparator.comparing(Key::owner).thenComparing(Key::service));

    public AttachedLauncher(Attachments attachments, Hops hops) {
        this.attachments = attachments;
        this.hops = hops;
    }

    private AttachedHost attached(PrincipalName owner) throws LaunchFailure {
        return attachments
                .of(owner)
                .orElseThrow(() -> failure("No host is attached for " + owner + "."));
    }

    private static LaunchFailure failure(String text) {
        return new LaunchFailure(text, List.of());
    }

    /** The host is there, or it is not. */
    @Override
    public void prepare(PrincipalName owner) {}

    /** The host is somebody else's; only we let go. */
    @Override
    public void retire(PrincipalName owner) {
        endCommands(owner);
    }

    /** What a principal may use there is the host's business. */
    @Override
    public void limit(PrincipalName owner, Resources resources) {}

    @Override
    public long outOfMemoryKills(PrincipalName owner) {
        return 0;
    }

    @Override
    public List<IsolationPart> isolation(PrincipalName owner) {
        return List.of();
    }

    @Override
    public String place(PrincipalName owner) {
        return attachments.of(owner).map(host -> host.address() + " (attached)").orElse("nowhere");
    }

    @Override
    public RunningService start(PrincipalName owner, ServiceName service) throws LaunchFailure {
        AttachedHost attached = attached(owner);
        Integer port = attached.services().get(service);
        if (port == null) {
            throw failure(
                    "The host "
                            + attached.address()
                            + " was attached without "
                            + service
                            + ". Ask the operator to attach it with --service "
                            + service
                            + "=PORT.");
        }
        SshHost host = attachments.host(attached);
        try {
            hops.connect(host, LOOPBACK, port).close();
        } catch (HopFailure e) {
            throw failure(e.refusal().detail() + ". " + e.refusal().code().nextMove());
        } catch (IOException e) {
            throw failure(host.place() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("It was stopped while it started.");
        }
        RunningService running =
                new RunningService(
                        owner,
                        service,
                        NO_PID,
                        starts.incrementAndGet(),
                        new Endpoint.Hop(host, LOOPBACK, port));
        started.put(new Key(owner, service), new Started(running, host, new CountDownLatch(1)));
        return running;
    }

    @Override
    public List<RunningService> running(PrincipalName owner) {
        return started.values().stream()
                .map(Started::service)
                .filter(service -> service.owner().equals(owner))
                .toList();
    }

    /** Nothing of the host is stopped: with its last service the hop is closed. */
    @Override
    public void stop(PrincipalName owner, ServiceName service) {
        Started one = started.remove(new Key(owner, service));
        if (one != null) {
            one.stopped().countDown();
            if (running(owner).isEmpty()) {
                hops.close(one.host());
            }
        }
    }

    @Override
    public void awaitExit(RunningService service) throws InterruptedException {
        Started one = started.get(new Key(service.owner(), service.service()));
        if (one != null && one.service().equals(service)) {
            one.stopped().await();
        }
    }

    @Override
    public List<String> log(PrincipalName owner, ServiceName service, int lines) {
        return attachments
                .of(owner)
                .map(host ->
                        List.of(
                                "What "
                                        + service
                                        + " writes stays at its host, "
                                        + host.address()
                                        + "; the door has none of it."))
                .orElse(List.of());
    }

    @Override
    public RunningCommand exec(PrincipalName owner, Command command) throws LaunchFailure {
        SshHost host = attachments.host(attached(owner));
        try {
            return hops.exec(host, command);
        } catch (HopFailure e) {
            throw failure(e.refusal().detail() + ". " + e.refusal().code().nextMove());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("Nobody waits for it any more.");
        }
    }

    /** They end with the session that they are channels of. */
    @Override
    public void endCommands(PrincipalName owner) {
        attachments.host(owner).ifPresent(hops::close);
    }
}

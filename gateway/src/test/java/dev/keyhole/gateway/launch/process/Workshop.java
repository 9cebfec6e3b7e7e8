package dev.keyhole.gateway.launch.process;

import static org.awaitility.Awaitility.await;

import dev.keyhole.gateway.config.HomeLayout;
import dev.keyhole.gateway.model.AddressBlock;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Resources;
import dev.keyhole.gateway.workspace.RunningService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A home with launchers over it, whose service is a shell script; ends what the test started. */
final class Workshop implements AutoCloseable {
    static final PrincipalName ADA = new PrincipalName("ada");
    static final ServiceName SERVICE = ServiceName.JUPYTER;
    static final Duration SOON = Duration.ofSeconds(10);

    /** Stays until it is asked to end. */
    static final String STAYS = "echo ready; exec sleep 1000";

    final HomeLayout layout;
    final OsUsers users;
    final ServiceRecords records;
    private final String script;
    private final PrincipalName owner;

    Workshop(Path home, String script) {
        this(home, script, OsUsers.shared(), ADA);
    }

    Workshop(Path home, String script, OsUsers users, PrincipalName owner) {
        this.layout = new HomeLayout(home);
        this.users = users;
        this.records = new ServiceRecords(layout);
        this.script = script;
        this.owner = owner;
    }

    /** As after a restart of the door: nothing in memory, all that counts is on disk. */
    ProcessLauncher launcher() {
        ServiceProgram program =
                place ->
                        new ServiceProgram.Command(
                                List.of("/bin/sh", "-c", script),
                                Map.of("SOCKET", place.socket().toString()),
                                List.of());
        return new ProcessLauncher(
                layout,
                users,
                Map.of(SERVICE, program),
                person -> {},
                new Confinement(
                        layout, Resources.UNSAID, AddressBlock.parse("100.96.0.0/16"), false),
                Duration.ofMillis(300),
                Clock.systemUTC());
    }

    /** Starts the service and waits for a line in its log. */
    RunningService startAndAwait(String line) throws Exception {
        RunningService running = launcher().start(owner, SERVICE);
        awaitLog(line);
        return running;
    }

    void awaitLog(String line) {
        await().atMost(SOON).until(() -> launcher().log(owner, SERVICE, 100).contains(line));
    }

    ServiceRecord record() {
        return records.read(owner, SERVICE).orElseThrow();
    }

    static boolean isAlive(RunningService service) {
        return new ProcessTable().alive(service.pid(), service.startTime()).isPresent();
    }

    @Override
    public void close() {
        launcher().stop(owner, SERVICE);
    }
}

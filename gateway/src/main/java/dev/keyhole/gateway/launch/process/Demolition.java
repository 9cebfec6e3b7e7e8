package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Removes walls, whole or half built: whoever is inside, who keeps them, the way out, the groups, the directory. */
final class Demolition {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(5);

    private final ProcessTable processes;
    private final Inmates inmates;
    private final WorkspaceNetworks networks;

    Demolition(ProcessTable processes, WorkspaceNetworks networks) {
        this.processes = processes;
        this.inmates = new Inmates(processes);
        this.networks = networks;
    }

    /**
     * What is not there any more is no failure.
     *
     * @throws IOException when a process does not end; everything that can go is gone then
     */
    void remove(Walls walls) throws IOException {
        ControlGroup group = new ControlGroup(walls.groups());
        boolean empty = true;
        if (walls.bootId().equals(processes.bootId())) {
            empty = inmates.end(group);
            endKeeper(walls);
        }
        try {
            OptionalInt network = walls.network();
            if (network.isPresent()) {
                networks.remove(network.getAsInt());
            }
            Ran.quietly(
                    List.of(
                            SystemTool.require("rm"),
                            "-rf",
                            "--one-file-system",
                            walls.scratch().toString()),
                    PATIENCE);
        } catch (LaunchFailure e) {
            throw new IOException(e.getMessage(), e);
        }
        if (!empty) {
            throw new IOException("processes of the workspace do not end");
        }
        removeGroup(group);
    }

    /** By its pid; or, when who started it died before it knew the pid, by the id in its environment. */
    private void endKeeper(Walls walls) {
        List<ProcessEntry> keepers =
                walls.isBuilt() // a pid of -1 is nobody's
                        ? processes.alive(walls.pid(), walls.startTime()).stream().toList()
                        : processes.of(OsUser.current().uid()).stream()
                                .filter(entry ->
                                        processes.hasVariable(
                                                entry.pid(), Walls.VARIABLE, walls.id()))
                                .toList();
        for (ProcessEntry keeper : keepers) {
            Signals.kill(keeper);
            Signals.awaitEnd(keeper, END);
        }
    }

    /** A process that has just died is counted for a moment more. */
    private static void removeGroup(ControlGroup group) throws IOException {
        long deadline = System.nanoTime() + END.toNanos();
        while (true) {
            try {
                group.remove();
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        }
    }
}

package dev.keyhole.system.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.Notebook;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import dev.keyhole.system.Tunnel;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A door in full use: a notebook with a kernel and TensorBoard, each behind a tunnel. */
record RunningWorkspace(Door door, Tunnel notebook, Tunnel tensorboard) implements AutoCloseable {
    static RunningWorkspace of(Door door) {
        Tunnel notebook = door.ssh().tunnelTo(door.portOf("jupyter"));
        Tunnel tensorboard = door.ssh().tunnelTo(door.portOf("tensorboard"));
        var running = new RunningWorkspace(door, notebook, tensorboard);
        try {
            String kernel = Notebook.through(notebook).startKernel();
            assertThat(Notebook.through(notebook).run(kernel, "print(6 * 7)")).isEqualTo("42");
            Ran.of(Duration.ofMinutes(2), "curl", "-sSf", tensorboard.url("/").toString()).orFail();
            return running;
        } catch (RuntimeException | Error e) {
            running.close();
            throw e;
        }
    }

    /** Keeper, door, notebook, kernels, TensorBoard, and whatever else they started. */
    Set<Long> pids() {
        Set<Long> pids =
                Processes.of(door.home()).stream()
                        .filter(process -> !process.contains(" ssh -F none "))
                        .map(process -> Long.parseLong(process.split(" ")[0]))
                        .filter(pid -> pid != ProcessHandle.current().pid())
                        .collect(Collectors.toCollection(TreeSet::new));
        pids.add(door.upPid());
        pids.add(door.doorPid());
        for (long pid : Set.copyOf(pids)) {
            ProcessHandle.of(pid)
                    .ifPresent(process ->
                            process.descendants().forEach(child -> pids.add(child.pid())));
        }
        return pids;
    }

    @Override
    public void close() {
        notebook.close();
        tensorboard.close();
    }
}

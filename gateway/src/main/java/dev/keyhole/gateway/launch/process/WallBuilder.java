package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts the process that builds a workspace's namespaces and keeps them; the script {@code walls.sh} has the steps. */
final class WallBuilder {
    private static final String SCRIPT = "walls.sh";
    private static final Set<String> TREES =
            Set.of("memory", "cpu", "cpu,cpuacct", "cpuacct,cpu", "pids", "devices");
    private static final String LAST_WORD = "built";

    private final ProcessTable processes;

    WallBuilder(ProcessTable processes) {
        this.processes = processes;
    }

    /**
     * What was built.
     *
     * @param keeper stays until it is killed, and the namespaces with it and with whoever is inside
     * @param missing walls that the machine did not allow
     */
    record Built(ProcessEntry keeper, List<IsolationPart> missing) {}

    /**
     * Builds and waits until it stands.
     *
     * @param network whether it gets a network of its own
     * @param visible directories that every process inside must see
     * @throws LaunchFailure when there can be no namespaces at all
     */
    Built build(Walls walls, OsUser user, boolean network, List<Path> visible)
            throws LaunchFailure {
        try {
            WrittenWhole.copyResource(SCRIPT, script(walls));
            Process process = builder(walls, user, network, visible).start();
            return answer(process);
        } catch (IOException e) {
            throw failure(String.valueOf(e.getMessage()));
        }
    }

    /** Beside the records, where only their owner may write. */
    private static Path script(Walls walls) {
        return walls.scratch().resolveSibling(SCRIPT);
    }

    private ProcessBuilder builder(Walls walls, OsUser user, boolean network, List<Path> visible)
            throws LaunchFailure {
        List<String> command = new ArrayList<>();
        command.add(SystemTool.require("setsid"));
        command.addAll(List.of(SystemTool.require("unshare"), "--mount", "--ipc"));
        if (network) {
            command.add("--net");
        }
        command.addAll(
                List.of("--propagation", "private", "--", "/bin/sh", script(walls).toString()));
        command.add(walls.scratch().toString());
        command.addAll(List.of(Long.toString(user.uid()), Long.toString(user.gid())));
        command.add("50%"); // of the machine's memory; it counts as the workspace's anyway
        command.add(resolver(network));
        visible.forEach(path -> command.add(path.toString()));
        command.add("--");
        walls.gpus().forEach(node -> command.add(node.toString()));
        command.add("--");
        for (Path group : walls.groups()) {
            command.add(shownAs(group) + "=" + group);
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().clear();
        builder.environment().putAll(Map.of(Walls.VARIABLE, walls.id()));
        return builder.redirectInput(new File("/dev/null")).redirectErrorStream(true);
    }

    /** In version 1 the tree's name, which is what programs look for; in version 2 there is one tree. */
    private static String shownAs(Path group) {
        if (Files.exists(group.resolve("cgroup.clone_children"))) {
            for (Path name : group) {
                if (TREES.contains(name.toString())) {
                    return name.toString();
                }
            }
        }
        return ".";
    }

    /** A name server on the machine's loopback is out of reach; systemd-resolved keeps a list of those behind it. */
    private static String resolver(boolean network) throws LaunchFailure {
        Path behind = Path.of("/run/systemd/resolve/resolv.conf");
        try {
            boolean local =
                    Files.readAllLines(Path.of("/etc/resolv.conf")).stream()
                            .map(String::strip)
                            .anyMatch(line -> line.matches("nameserver\\s+(127\\..*|::1)"));
            return network && local && Files.exists(behind) ? behind.toString() : "-";
        } catch (IOException e) {
            return "-";
        }
    }

    private Built answer(Process process) throws IOException, LaunchFailure {
        List<IsolationPart> missing = new ArrayList<>();
        String last = "it ended at once";
        boolean stands = false;
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
                if (line.startsWith("out ")) {
                    String[] words = line.split(" ", 3);
                    missing.add(IsolationPart.missing(words[1], words.length > 2 ? words[2] : ""));
                }
                if (line.equals(LAST_WORD)) {
                    stands = true;
                    break;
                }
            }
        }
        Optional<ProcessEntry> keeper =
                stands ? processes.entry(process.pid()) : Optional.<ProcessEntry>empty();
        if (keeper.isEmpty() || !keeper.get().isAlive()) {
            process.destroyForcibly();
            throw failure(last);
        }
        return new Built(keeper.get(), missing);
    }

    private static LaunchFailure failure(String why) {
        return new LaunchFailure("The machine gives no namespaces: " + why, List.of());
    }
}

package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a process gets inside the walls of its workspace.
 *
 * @param words of the command line that come first, as root; each step becomes the next by exec
 * @param terminals which device makes a new terminal of the workspace's own; as we see it
 */
record Entrance(List<String> words, Path terminals) {
    private static final Path DEVICES = Path.of("/dev");

    /** There are no walls, or it is a process that must stay outside them. */
    static final Entrance NONE = new Entrance(List.of(), DEVICES.resolve("ptmx"));

    /** Joins each group, then goes on as what follows; a process that cannot join does not run. */
    private static final String JOIN =
            "while [ \"$1\" != -- ]; do echo 0 >\"$1/cgroup.procs\" || exit 125; shift; done; shift; exec \"$@\"";

    Entrance {
        words = List.copyOf(words);
    }

    /** First the groups, which the namespaces hide. */
    static Entrance to(Walls walls) throws LaunchFailure {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", JOIN, "sh"));
        walls.groups().forEach(group -> words.add(group.toString()));
        words.add("--");
        if (walls.hasNamespaces()) {
            words.add(SystemTool.require("nsenter"));
            words.addAll(List.of("--target", Long.toString(walls.pid()), "--mount", "--ipc"));
            if (walls.network().isPresent()) {
                words.add("--net");
            }
            words.add("--");
        }
        return new Entrance(
                words,
                walls.hasNamespaces()
                        ? Path.of("/proc/" + walls.pid() + "/root/dev/pts/ptmx")
                        : NONE.terminals());
    }

    /** Where the terminal of that number is, as we see it. */
    Path terminal(int number) {
        return terminals.equals(NONE.terminals())
                ? DEVICES.resolve("pts/" + number)
                : terminals.resolveSibling(Integer.toString(number));
    }
}

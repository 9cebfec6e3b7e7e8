package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.IsolationPart;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * The walls around one workspace, as they are remembered: enough to enter them, and to remove whatever of them exists.
 *
 * @param id random; in the environment of the process that keeps them
 * @param bootId the kernel's run; another one has torn all of it down
 * @param pid of the process that keeps them; 0 while they are built, -1 where the machine gives no namespaces to keep
 * @param startTime of that process
 * @param scratch directory of what lies behind the workspace's own {@code /tmp} and {@code /dev}
 * @param network which of the addresses it has; absent where it has no network of its own
 * @param groups its control groups, one directory for each tree
 * @param gpus nodes below {@code /dev} that it may open
 * @param missing what does not stand, and why
 */
record Walls(
        String id,
        String bootId,
        long pid,
        long startTime,
        Path scratch,
        OptionalInt network,
        List<Path> groups,
        List<Path> gpus,
        List<IsolationPart> missing) {
    private static final long NO_NAMESPACES = -1;
    static final String VARIABLE = "KEYHOLE_WALLS";

    Walls {
        groups = List.copyOf(groups);
        gpus = List.copyOf(gpus);
        missing = List.copyOf(missing);
    }

    Walls keptBy(ProcessEntry keeper, OptionalInt ownNetwork, List<IsolationPart> withoutThese) {
        return new Walls(
                id,
                bootId,
                keeper.pid(),
                keeper.startTime(),
                scratch,
                ownNetwork,
                groups,
                gpus,
                withoutThese);
    }

    /** Groups only: the machine gives no namespaces. */
    Walls withoutNamespaces(List<IsolationPart> withoutThese) {
        return new Walls(
                id,
                bootId,
                NO_NAMESPACES,
                0,
                scratch,
                OptionalInt.empty(),
                groups,
                gpus,
                withoutThese);
    }

    boolean isBuilt() {
        return pid != 0;
    }

    boolean hasNamespaces() {
        return pid > 0;
    }
}

package dev.keyhole.gateway.launch.container;

import dev.keyhole.gateway.config.ContainerNetwork;
import dev.keyhole.gateway.workspace.IsolationPart;
import dev.keyhole.gateway.workspace.Resources;
import java.util.ArrayList;
import java.util.List;

/** The walls around a container, by the words that workspaces of processes have too. Pure. */
final class ContainerWalls {
    private ContainerWalls() {}

    static List<IsolationPart> of(ContainerNetwork network, Resources limits) {
        List<IsolationPart> parts = new ArrayList<>();
        for (String word : List.of("user", "files", "processes", "devices", "groups", "network")) {
            parts.add(IsolationPart.stands(word));
        }
        parts.add(
                limits.memoryBytes().isPresent()
                        ? IsolationPart.stands("memory")
                        : IsolationPart.missing("memory", "No limit is set: `workspace.memory`."));
        parts.add(
                IsolationPart.missing(
                        "disk", "One person can fill the disk that the engine's volumes are on."));
        if (network == ContainerNetwork.OPEN) {
            parts.add(
                    IsolationPart.missing(
                            "egress",
                            "It reaches what the machine reaches, but no other workspace."));
        }
        return parts;
    }
}

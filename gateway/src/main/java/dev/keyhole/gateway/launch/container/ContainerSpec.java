package dev.keyhole.gateway.launch.container;

import dev.keyhole.gateway.config.ContainerNetwork;
import dev.keyhole.gateway.workspace.Resources;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the container of a workspace is to be.
 *
 * @param name of container and network
 * @param image best pinned by digest
 * @param volume that keeps the person's files
 * @param planted the host's directory that its inner door reads
 * @param run the host's directory that its inner door listens in
 * @param limits what it may use
 */
record ContainerSpec(
        String name,
        String image,
        String volume,
        Map<String, String> labels,
        Path planted,
        Path run,
        ContainerNetwork network,
        Resources limits) {
    ContainerSpec {
        labels = Map.copyOf(labels);
    }
}

package dev.keyhole.image.base;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A base, read: what its config says, its layers, and what they hold.
 *
 * @param reference what it was asked for by: {@code registry/repository:tag}, or the path of an archive
 * @param digest {@code sha256:…} of the manifest for the architecture; of an archive, which has none, of its config (what
 *     engines call the image id)
 * @param created when its config says it was made; epoch 0 for reproducible images that do not say
 * @param user as in the config: {@code ""} (root), a name, a number, or {@code user:group}
 * @param layers lowest first
 */
public record BaseImage(
        String reference,
        String digest,
        String os,
        String architecture,
        Instant created,
        Map<String, String> environment,
        String user,
        Optional<String> workdir,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> labels,
        List<BaseLayer> layers,
        BaseContents contents) {
    public BaseImage {
        environment = Map.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        labels = Map.copyOf(labels);
        layers = List.copyOf(layers);
    }
}

package dev.keyhole.image.base;

import java.time.Instant;
import java.util.Map;

/**
 * What a registry says of an image without sending its layers.
 *
 * @param reference as it was asked for
 * @param digest {@code sha256:…} of the manifest for the architecture
 * @param askedDigest of what the tag names: the same, or that of the index that names the manifest
 * @param created when its config says it was made; epoch 0 when it does not say
 * @param layerBytes what its layers weigh in the registry
 */
public record ImageSummary(
        String reference,
        String digest,
        String askedDigest,
        Instant created,
        Map<String, String> labels,
        long layerBytes) {
    public ImageSummary {
        labels = Map.copyOf(labels);
    }

    /** Whether a digest that somebody wrote down names this image, by its manifest or by the index around it. */
    public boolean is(String written) {
        return written.equals(digest) || written.equals(askedDigest);
    }
}

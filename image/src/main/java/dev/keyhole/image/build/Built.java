package dev.keyhole.image.build;

import dev.keyhole.image.base.BaseImage;
import java.util.List;

/**
 * An image that was made.
 *
 * @param target where it is
 * @param digest {@code sha256:…} of its manifest
 * @param id {@code sha256:…} of its config, by which engines know it
 * @param base what it stands on
 * @param warnings what a person should know about it
 */
public record Built(
        Target target, String digest, String id, BaseImage base, List<String> warnings) {
    public Built {
        warnings = List.copyOf(warnings);
    }
}

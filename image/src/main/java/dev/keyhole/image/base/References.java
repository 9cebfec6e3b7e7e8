package dev.keyhole.image.base;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import org.jspecify.annotations.Nullable;

/** What people call images by. */
public final class References {
    private References() {}

    /** @throws ImageFailure (2) when it is none, or names {@code scratch}, which holds nothing */
    public static ImageReference parse(String reference) throws ImageFailure {
        try {
            var parsed = ImageReference.parse(reference);
            if (!parsed.isScratch()) {
                return parsed;
            }
        } catch (InvalidImageReferenceException no) {
            throw invalid(reference, no);
        }
        throw invalid(reference, null);
    }

    /** The registry's host as `docker login` wants it; empty for Docker Hub. */
    static String host(String reference) {
        try {
            var registry = ImageReference.parse(reference).getRegistry();
            return registry.endsWith("docker.io") ? "docker.io" : registry;
        } catch (InvalidImageReferenceException no) {
            return "HOST";
        }
    }

    private static ImageFailure invalid(String reference, @Nullable Throwable why) {
        return new ImageFailure(
                ExitStatus.USAGE,
                Code.IMAGE_REFERENCE_INVALID,
                "'"
                        + reference
                        + "' is no image reference. Write it as HOST/REPOSITORY:TAG, in lower case.",
                why);
    }
}

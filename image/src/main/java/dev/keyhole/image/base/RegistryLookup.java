package dev.keyhole.image.base;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Asks registries about images without downloading any layer. Thread-safe. */
public final class RegistryLookup {
    private final RegistryAccess access;

    public RegistryLookup(RegistryAccess access) {
        this.access = access;
    }

    /** One image, and the tags beside it where the registry lists them. */
    public record Seen(ImageSummary image, Optional<List<String>> tags) {}

    /**
     * The image, if the registry has it.
     *
     * @throws ImageFailure as {@link BaseReader#read}, but not for an image that is not there
     */
    public Optional<ImageSummary> find(String reference, String architecture) throws ImageFailure {
        try {
            return Optional.of(look(reference, architecture).image());
        } catch (ImageFailure failure) {
            if (failure.code().filter(Code.IMAGE_UNKNOWN::equals).isPresent()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** @throws ImageFailure as {@link BaseReader#read} */
    public Seen look(String reference, String architecture) throws ImageFailure {
        var parsed = References.parse(reference);
        try (var repository = Repository.open(parsed, access)) {
            var manifest = repository.manifest(parsed.getQualifier(), architecture);
            var config = new ConfigText(repository.config(manifest));
            Architectures.check(reference, config.architecture(), architecture);
            long bytes = 0;
            for (var layer : manifest.template().getLayers()) {
                bytes += layer.getSize();
            }
            var summary =
                    new ImageSummary(
                            reference,
                            manifest.digest(),
                            manifest.askedDigest(),
                            config.created(),
                            config.labels(),
                            bytes);
            return new Seen(summary, repository.tags());
        } catch (IOException damaged) {
            throw RegistryFailure.of(reference, damaged);
        }
    }
}

package dev.keyhole.image.freshness;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseContents;
import dev.keyhole.image.base.BaseReader;
import dev.keyhole.image.base.ImageSummary;
import dev.keyhole.image.base.RegistryLookup;
import dev.keyhole.image.build.Built;
import dev.keyhole.image.build.ImageBuild;
import dev.keyhole.image.build.Target;
import dev.keyhole.wire.Code;
import dev.keyhole.wire.ExitStatus;
import java.util.Optional;

/**
 * Builds an image again on what its base is by now, pushes it over its tag, and says what is different. The former one
 * stays in the registry under its digest.
 */
public final class ImageUpdate {
    private final RegistryLookup lookup;
    private final BaseReader reader;
    private final ImageBuild build;

    public ImageUpdate(RegistryLookup lookup, BaseReader reader, ImageBuild build) {
        this.lookup = lookup;
        this.reader = reader;
        this.build = build;
    }

    /**
     * What came of it.
     *
     * @param image {@code REPOSITORY@sha256:…}, what is there now
     * @param former the same of what was there before; empty for a first build
     * @param changed whether the two differ
     * @param debian what is different among Debian packages; empty for a first build
     * @param python the same among Python packages
     */
    public record Updated(
            String image,
            Optional<String> former,
            boolean changed,
            Built built,
            Optional<PackageChanges> debian,
            Optional<PackageChanges> python) {}

    /**
     * Does it.
     *
     * @param from the base; empty means the one that the image was built on
     * @param to the image's {@code HOST/REPOSITORY:TAG}
     * @throws ImageFailure as {@link ImageBuild#build}; (2) when no base is named and none is known
     */
    public Updated update(Optional<String> from, String to, String architecture)
            throws ImageFailure {
        var before = lookup.find(to, architecture);
        var base = from.or(() -> before.flatMap(ImageUpdate::baseOf));
        if (base.isEmpty()) {
            throw new ImageFailure(
                    ExitStatus.USAGE,
                    Code.IMAGE_REFERENCE_INVALID,
                    "No base is known of " + to + ". Name it by --from BASE.");
        }
        var repository = repository(to);
        var former = before.map(image -> repository + "@" + image.digest());
        // before anything is pushed: afterwards nothing should fail any more
        var old =
                former.isEmpty()
                        ? Optional.<BaseContents>empty()
                        : Optional.of(reader.read(former.get(), architecture).contents());
        var built = build.build(base.get(), architecture, new Target.Registry(to));
        var now = built.base().contents();
        return new Updated(
                repository + "@" + built.digest(),
                former,
                before.filter(image -> image.is(built.digest())).isEmpty(),
                built,
                old.map(contents ->
                        PackageChanges.between(contents.debianPackages(), now.debianPackages())),
                old.map(contents ->
                        PackageChanges.between(contents.pythonPackages(), now.pythonPackages())));
    }

    private static Optional<String> baseOf(ImageSummary image) {
        return new ImageLabels(image.labels()).baseName();
    }

    /** Without tag: some engines take no reference with a tag and a digest. */
    private static String repository(String reference) {
        var plain = reference.split("@", 2)[0];
        var tag = ":" + BaseQuestion.tag(reference);
        return plain.endsWith(tag) ? plain.substring(0, plain.length() - tag.length()) : plain;
    }
}

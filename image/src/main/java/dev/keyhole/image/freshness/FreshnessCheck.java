package dev.keyhole.image.freshness;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.image.base.BaseContents;
import dev.keyhole.image.base.BaseImage;
import dev.keyhole.image.base.BaseReader;
import dev.keyhole.image.base.Jupyter;
import dev.keyhole.image.base.OsRelease;
import dev.keyhole.image.base.RegistryLookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks one question about an image after the other, cheapest first, and collects what was found. */
public final class FreshnessCheck {
    /** Where it looks, and what it knows. */
    public record Means(
            RegistryLookup lookup,
            BaseReader reader,
            EndOfLife ends,
            Optional<Scanner> scanner,
            Clock clock) {}

    /**
     * What is asked for.
     *
     * @param image a reference or the path of a docker-archive, of one of our images or of a base
     * @param layers whether its layers are looked at, and downloaded when they are not in the cache
     * @param scan whether a scanner is run
     * @param release of this Keyhole
     */
    public record Wish(
            String image, String architecture, boolean layers, boolean scan, String release) {}

    private final Means means;

    public FreshnessCheck(Means means) {
        this.means = means;
    }

    /** What is known of the image itself, from its registry or from the whole file. */
    private record Subject(
            String digest,
            Instant created,
            Map<String, String> labels,
            Optional<RegistryLookup.Seen> seen,
            Optional<BaseImage> read) {}

    /**
     * Checks it.
     *
     * @throws ImageFailure see {@link BaseReader#read}; (1) also when a scanner fails
     */
    public CheckReport check(Wish wish) throws ImageFailure {
        var subject = subject(wish);
        var labels = new ImageLabels(subject.labels());
        var findings = new ArrayList<Finding>();
        var base = base(wish, subject, labels);
        base.ifPresent(question -> findings.addAll(question.findings()));
        findings.addAll(release(wish, labels));

        var read = subject.read();
        if (read.isEmpty() && wish.layers()) {
            read = Optional.of(means.reader().read(wish.image(), wish.architecture()));
        }
        var contents = read.map(BaseImage::contents);
        var jupyter = contents.isPresent() ? contents.get().jupyter() : labels.jupyter();
        var maintenance = new Maintenance(means.ends(), LocalDate.ofInstant(now(), ZoneOffset.UTC));
        if (contents.isPresent()) {
            findings.addAll(maintenance.of(contents.get()));
            findings.addAll(Hardening.of(contents.get(), labels.keyhole().isPresent()));
        } else {
            jupyter.ifPresent(found -> findings.addAll(maintenance.of(found)));
        }
        var scan = scan(wish, findings);
        boolean created = subject.created().isAfter(Instant.EPOCH.plus(Duration.ofDays(1)));
        return new CheckReport(
                wish.image(),
                subject.digest(),
                Optional.of(subject.created().toString()).filter(known -> created),
                Optional.of(Duration.between(subject.created(), now()).toDays())
                        .filter(known -> created),
                labels.keyhole(),
                base.map(BaseQuestion::state),
                jupyter.map(Jupyter::words),
                jupyter.map(Jupyter::python).filter(text -> !text.isEmpty()),
                contents.flatMap(BaseContents::osRelease).map(OsRelease::name),
                contents.map(FreshnessCheck::counts),
                scan,
                findings,
                findings.stream().anyMatch(Finding::due));
    }

    private Subject subject(Wish wish) throws ImageFailure {
        if (BaseReader.isFile(wish.image())) {
            var read = means.reader().read(wish.image(), wish.architecture());
            return new Subject(
                    read.digest(),
                    read.created(),
                    read.labels(),
                    Optional.empty(),
                    Optional.of(read));
        }
        var seen = means.lookup().look(wish.image(), wish.architecture());
        return new Subject(
                seen.image().digest(),
                seen.image().created(),
                seen.image().labels(),
                Optional.of(seen),
                Optional.empty());
    }

    /** For one of ours the base that its labels name; any other image is a base itself. */
    private Optional<BaseQuestion> base(Wish wish, Subject subject, ImageLabels labels)
            throws ImageFailure {
        if (labels.keyhole().isPresent()) {
            // what was named by its digest alone can have nothing newer
            var name =
                    labels.baseName()
                            .filter(known -> !BaseReader.isFile(known))
                            .filter(known -> !known.contains("@") || hasTag(known));
            if (name.isEmpty()) {
                return Optional.empty();
            }
            var tagged = name.get().split("@", 2)[0];
            return Optional.of(
                    new BaseQuestion(
                            tagged,
                            labels.baseDigest(),
                            means.lookup().look(tagged, wish.architecture())));
        }
        if (subject.seen().isEmpty()) {
            return Optional.empty();
        }
        var parts = wish.image().split("@", 2);
        boolean tagged = parts.length == 2 && hasTag(wish.image());
        return Optional.of(
                new BaseQuestion(
                        parts[0],
                        parts.length == 2 ? Optional.of(parts[1]) : Optional.empty(),
                        tagged
                                ? means.lookup().look(parts[0], wish.architecture())
                                : subject.seen().get()));
    }

    private static boolean hasTag(String reference) {
        return reference.split("@", 2)[0].endsWith(":" + BaseQuestion.tag(reference));
    }

    private static List<Finding> release(Wish wish, ImageLabels labels) {
        return labels
                .keyhole()
                .filter(built -> !built.equals(wish.release()))
                .map(built ->
                        new Finding(
                                Finding.Kind.OTHER_RELEASE,
                                false,
                                "It was built by keyhole "
                                        + built
                                        + "; this is "
                                        + wish.release()
                                        + ".",
                                "Build it again when the door is upgraded."))
                .stream()
                .toList();
    }

    private static CheckReport.Contents counts(BaseContents contents) {
        return new CheckReport.Contents(
                contents.debianPackages().size(),
                contents.pythonPackages().size(),
                List.copyOf(contents.privileged().keySet()),
                contents.defused());
    }

    private Optional<CheckReport.Scan> scan(Wish wish, List<Finding> findings) throws ImageFailure {
        if (!wish.scan() || BaseReader.isFile(wish.image())) {
            return Optional.empty();
        }
        if (means.scanner().isEmpty()) {
            findings.add(
                    new Finding(
                            Finding.Kind.NOT_SCANNED,
                            false,
                            "Known vulnerabilities were not looked for: neither trivy nor grype is installed.",
                            "Install one of them."));
            return Optional.empty();
        }
        var scanner = means.scanner().get();
        var counted = ScanCount.of(scanner.name(), scanner.scan(wish.image()));
        findings.addAll(ScanCount.findings(counted));
        return Optional.of(counted);
    }

    private Instant now() {
        return means.clock().instant();
    }
}

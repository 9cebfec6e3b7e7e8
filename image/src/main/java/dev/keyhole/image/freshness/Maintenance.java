package dev.keyhole.image.freshness;

import dev.keyhole.image.base.BaseContents;
import dev.keyhole.image.base.Jupyter;
import dev.keyhole.image.base.OsRelease;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the lines of what is in an image are still maintained, and whether its Jupyter is new enough. */
final class Maintenance {
    /** Time enough to plan a change. */
    private static final int SOON_DAYS = 90;

    /**
     * The oldest jupyter_server without a known way in: CVE-2026-40110 and its companions, CVE-2026-44727 of nbconvert.
     */
    static final List<Integer> JUPYTER_FLOOR = List.of(2, 20, 0);

    private static final List<String> TENSORFLOWS =
            List.of("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tensorflow-intel");

    private final EndOfLife ends;
    private final LocalDate today;

    Maintenance(EndOfLife ends, LocalDate today) {
        this.ends = ends;
        this.today = today;
    }

    List<Finding> of(BaseContents contents) {
        var findings = new ArrayList<Finding>();
        contents.osRelease().flatMap(this::os).ifPresent(findings::add);
        for (var name : TENSORFLOWS) {
            Optional.ofNullable(contents.pythonPackages().get(name))
                    .flatMap(version -> line("tensorflow", version))
                    .ifPresent(findings::add);
        }
        if (contents.jupyter().isPresent()) {
            findings.addAll(of(contents.jupyter().get()));
        } else {
            findings.add(
                    new Finding(
                            Finding.Kind.JUPYTER_MISSING,
                            true,
                            "It holds no Jupyter, so there is no notebook to open.",
                            "Name a base with jupyter_server or notebook in it."));
        }
        return findings;
    }

    List<Finding> of(Jupyter jupyter) {
        var findings = new ArrayList<Finding>();
        line("python", jupyter.python()).ifPresent(findings::add);
        switch (jupyter.kind()) {
            case CLASSIC_NOTEBOOK -> line("notebook", jupyter.version()).ifPresent(findings::add);
            case JUPYTER_SERVER -> {
                // the floor says it
            }
        }
        if (jupyter.kind() == Jupyter.Kind.CLASSIC_NOTEBOOK || isBelowFloor(jupyter.version())) {
            findings.add(
                    new Finding(
                            Finding.Kind.JUPYTER_TOO_OLD,
                            true,
                            jupyter.words()
                                    + " is older than jupyter_server 2.20, the first without known ways in.",
                            "Take a base with a newer Jupyter; only the key keeps others out of this one."));
        }
        return findings;
    }

    private static boolean isBelowFloor(String version) {
        return TagVersion.of(version.replaceAll("\\.?[^0-9.].*", ""))
                .map(found -> TagVersion.compare(found.numbers(), JUPYTER_FLOOR) < 0)
                .orElse(true);
    }

    private Optional<Finding> os(OsRelease os) {
        return finding(os.id(), os.version());
    }

    /** By the first two numbers of a version. */
    private Optional<Finding> line(String product, String version) {
        var numbers = version.split("[^0-9]+");
        return numbers.length < 2
                ? Optional.empty()
                : finding(product, numbers[0] + "." + numbers[1]);
    }

    private Optional<Finding> finding(String product, String line) {
        var end = ends.end(product, line);
        if (end.isEmpty()) {
            return Optional.empty();
        }
        long left = ChronoUnit.DAYS.between(today, end.get());
        var name = product.substring(0, 1).toUpperCase(Locale.ROOT) + product.substring(1);
        if (left < 0) {
            return Optional.of(
                    new Finding(
                            Finding.Kind.LINE_ENDED,
                            true,
                            name + " " + line + " has had no fixes since " + end.get() + ".",
                            "Take a base of a newer line."));
        }
        return left > SOON_DAYS
                ? Optional.empty()
                : Optional.of(
                        new Finding(
                                Finding.Kind.LINE_ENDS_SOON,
                                false,
                                name + " " + line + " gets fixes until " + end.get() + ".",
                                "Plan for a newer line."));
    }
}

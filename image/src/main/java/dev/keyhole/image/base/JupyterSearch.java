package dev.keyhole.image.base;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the Jupyter among the Python packages of a base. */
final class JupyterSearch {
    private static final Pattern VERSIONED = Pattern.compile("python(\\d+\\.\\d+)");

    /** Where a {@code python3} without a minor version usually points to one with. */
    private static final List<String> INTERPRETERS =
            List.of("usr/bin/python3", "usr/local/bin/python3", "bin/python3");

    private JupyterSearch() {}

    /** A Jupyter and the packages beside it. */
    record Found(Jupyter jupyter, PythonSite site) {}

    /** A jupyter_server of 2 or newer before a classic notebook, and that before an older jupyter_server. */
    static Optional<Found> in(List<PythonSite> sites, FileTree tree) {
        return modern(sites, tree).or(() -> classic(sites, tree)).or(() -> old(sites, tree));
    }

    private static Optional<Found> modern(List<PythonSite> sites, FileTree tree) {
        return sites.stream()
                .filter(site -> major(site, "jupyter-server") >= 2)
                .findFirst()
                .map(site -> found(site, Jupyter.Kind.JUPYTER_SERVER, "jupyter-server", tree));
    }

    private static Optional<Found> classic(List<PythonSite> sites, FileTree tree) {
        return sites.stream()
                .filter(site -> major(site, "notebook") > 0 && major(site, "notebook") < 7)
                .findFirst()
                .map(site -> found(site, Jupyter.Kind.CLASSIC_NOTEBOOK, "notebook", tree));
    }

    private static Optional<Found> old(List<PythonSite> sites, FileTree tree) {
        return sites.stream()
                .filter(site -> site.packages().containsKey("jupyter-server"))
                .findFirst()
                .map(site -> found(site, Jupyter.Kind.JUPYTER_SERVER, "jupyter-server", tree));
    }

    private static Found found(PythonSite site, Jupyter.Kind kind, String name, FileTree tree) {
        var version = site.packages().getOrDefault(name, "");
        return new Found(new Jupyter(kind, version, python(site.python(), tree)), site);
    }

    /** The first number of a package's version, 0 when it is not there. */
    private static int major(PythonSite site, String name) {
        var digits = site.packages().getOrDefault(name, "").split("\\D", 2)[0];
        return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }

    private static String python(String told, FileTree tree) {
        if (told.contains(".")) {
            return told;
        }
        for (var interpreter : INTERPRETERS) {
            if (tree.itself(interpreter).orElse(null) instanceof Node.Link link) {
                var versioned = VERSIONED.matcher(link.target());
                if (versioned.find()) {
                    return versioned.group(1);
                }
            }
        }
        return told;
    }
}

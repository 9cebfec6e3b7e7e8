package dev.keyhole.image.base;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Asks a finished tree for what the record {@link BaseContents} holds. */
final class ContentsReader {
    private static final Pattern HOST_KEY = Pattern.compile("etc/ssh/ssh_host_[a-z0-9]+_key");
    private static final String STATUS_PARTS = "var/lib/dpkg/status.d";

    private final FileTree tree;

    ContentsReader(FileTree tree) {
        this.tree = tree;
    }

    /** @param lending see {@link LayerReader#lending} */
    BaseContents read(int lending) {
        var privileged = privileged();
        var debian = debianPackages();
        var sites = sites();
        var jupyter = JupyterSearch.in(sites, tree);
        return new BaseContents(
                lines("etc/passwd"),
                lines("etc/group"),
                privileged,
                Math.max(0, lending - files(privileged)),
                debian,
                pythonPackages(sites, jupyter),
                jupyter.map(JupyterSearch.Found::jupyter),
                osRelease(),
                CLibrarySearch.in(tree, debian),
                tree.isFile("bin/sh"),
                tree.isFile("usr/sbin/sshd") || tree.isFile("usr/sbin/dropbear"),
                hostKeys());
    }

    private List<String> lines(String path) {
        return tree.text(path)
                .map(text -> text.lines().filter(line -> !line.isBlank()).toList())
                .orElse(List.of());
    }

    private Map<String, Privileged> privileged() {
        var found = new TreeMap<String, Privileged>();
        tree.forEach((path, node) -> {
            if (node instanceof Node.Regular file && file.copy().isPresent()) {
                found.put(
                        path,
                        new Privileged(
                                file.owner(),
                                file.capabilities(),
                                false,
                                file.copy(),
                                tree.parents(path)));
            } else if (node instanceof Node.Directory directory
                    && directory.owner().lendsIdentity()) {
                found.put(
                        path,
                        new Privileged(
                                directory.owner(),
                                false,
                                true,
                                Optional.empty(),
                                tree.parents(path)));
            }
        });
        return found;
    }

    private static int files(Map<String, Privileged> privileged) {
        return (int) privileged.values().stream().filter(found -> !found.directory()).count();
    }

    private Map<String, String> debianPackages() {
        var packages = new HashMap<String, String>();
        tree.text("var/lib/dpkg/status").map(DpkgStatus::installed).ifPresent(packages::putAll);
        for (var part : tree.names(STATUS_PARTS)) {
            tree.text(STATUS_PARTS + "/" + part)
                    .map(DpkgStatus::installed)
                    .ifPresent(packages::putAll);
        }
        return packages;
    }

    private List<PythonSite> sites() {
        var sites = new ArrayList<PythonSite>();
        tree.forEach((path, node) -> {
            if (node instanceof Node.Directory) {
                PythonSite.at(path, tree).ifPresent(sites::add);
            }
        });
        return sites;
    }

    private static Map<String, String> pythonPackages(
            List<PythonSite> sites, Optional<JupyterSearch.Found> jupyter) {
        var packages = new HashMap<String, String>();
        sites.forEach(site -> packages.putAll(site.packages()));
        jupyter.ifPresent(found -> packages.putAll(found.site().packages()));
        return packages;
    }

    private Optional<OsRelease> osRelease() {
        return tree.text("etc/os-release")
                .or(() -> tree.text("usr/lib/os-release"))
                .map(text -> {
                    var values = new HashMap<String, String>();
                    for (var line : text.lines().toList()) {
                        int equals = line.indexOf('=');
                        if (equals > 0) {
                            values.put(
                                    line.substring(0, equals).strip(),
                                    unquoted(line.substring(equals + 1).strip()));
                        }
                    }
                    return new OsRelease(
                            values.getOrDefault("ID", ""),
                            values.getOrDefault("VERSION_ID", ""),
                            values.getOrDefault("PRETTY_NAME", ""));
                });
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() > 1
                        && (value.startsWith("\"") && value.endsWith("\"")
                                || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private List<String> hostKeys() {
        return tree.names("etc/ssh").stream()
                .map(name -> "etc/ssh/" + name)
                .filter(path -> HOST_KEY.matcher(path).matches())
                .toList();
    }
}

package dev.keyhole.image.base;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code site-packages} or {@code dist-packages} directory.
 *
 * @param path without a leading slash
 * @param python the version that its path tells, such as {@code 3.8} or, in Debian, {@code 3}
 * @param packages by normalised name
 */
record PythonSite(String path, String python, Map<String, String> packages) {
    private static final Pattern SITE =
            Pattern.compile(
                    "(?:.*/)?lib(?:32|64)?/python(\\d+(?:\\.\\d+)?)/(?:site|dist)-packages");

    /** What conda has unpacked, to link from; nothing runs there. */
    private static final Pattern STORE = Pattern.compile("(?:.*/)?pkgs/.*");

    private static final Pattern NAMED =
            Pattern.compile("(.+?)-([0-9][^-]*)(?:-py\\d.*)?\\.(?:dist|egg)-info");

    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    /** The site at a directory, if it is one. */
    static Optional<PythonSite> at(String path, FileTree tree) {
        Matcher site = SITE.matcher(path);
        if (!site.matches() || STORE.matcher(path).matches()) {
            return Optional.empty();
        }
        var packages = new TreeMap<String, String>();
        for (var name : tree.names(path)) {
            if (name.endsWith(".dist-info")) {
                add(packages, name, tree.text(path + "/" + name + "/METADATA"));
            } else if (name.endsWith(".egg-info")) {
                var whole = tree.text(path + "/" + name);
                add(
                        packages,
                        name,
                        whole.isPresent() ? whole : tree.text(path + "/" + name + "/PKG-INFO"));
            }
        }
        return Optional.of(new PythonSite(path, site.group(1), packages));
    }

    /** From its metadata, else from the directory's name. */
    private static void add(
            Map<String, String> packages, String directory, Optional<String> metadata) {
        var headers = metadata.map(Headers::of).orElse(Map.of());
        var name = headers.get("name");
        var version = headers.get("version");
        if (name != null && version != null) {
            packages.put(normalised(name), version);
            return;
        }
        var named = NAMED.matcher(directory);
        if (named.matches()) {
            packages.put(normalised(named.group(1)), named.group(2));
        }
    }

    /** PEP 503. */
    static String normalised(String name) {
        return SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}

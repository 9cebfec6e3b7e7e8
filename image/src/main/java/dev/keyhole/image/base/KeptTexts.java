package dev.keyhole.image.base;

import java.util.Set;
import java.util.regex.Pattern;

/** Which files of a base somebody will want to read, told by their names while the layers pass by once. */
final class KeptTexts {
    private static final Set<String> FILES =
            Set.of(
                    "etc/passwd",
                    "etc/group",
                    "etc/os-release",
                    "usr/lib/os-release",
                    "var/lib/dpkg/status");

    private static final String DPKG_PARTS = "var/lib/dpkg/status.d/";

    private static final Pattern PYTHON =
            Pattern.compile(
                    ".*/(?:site|dist)-packages/(?:[^/]+\\.dist-info/METADATA|[^/]+\\.egg-info/PKG-INFO|[^/]+\\.egg-info)");

    private KeptTexts() {}

    static boolean wants(String path) {
        var plain = String.join("/", Names.of(path));
        return FILES.contains(plain)
                || plain.startsWith(DPKG_PARTS)
                || PYTHON.matcher("/" + plain).matches();
    }
}

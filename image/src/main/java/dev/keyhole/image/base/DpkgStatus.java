package dev.keyhole.image.base;

import java.util.Map;
import java.util.TreeMap;

/** Reads dpkg's list of packages ({@code /var/lib/dpkg/status}, deb-control(5)). */
final class DpkgStatus {
    private DpkgStatus() {}

    /** The packages that are installed, with their versions; those only half there or removed are left out. */
    static Map<String, String> installed(String text) {
        var packages = new TreeMap<String, String>();
        for (var paragraph : text.split("\n\\s*\n")) {
            var fields = Headers.of(paragraph);
            // status.d of images without dpkg has no Status field
            var status = fields.getOrDefault("status", "install ok installed");
            var name = fields.get("package");
            var version = fields.get("version");
            if (name != null && version != null && status.endsWith(" installed")) {
                packages.put(name, version);
            }
        }
        return packages;
    }
}

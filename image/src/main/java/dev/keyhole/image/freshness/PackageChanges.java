package dev.keyhole.image.freshness;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is different between the packages of two images, by name.
 *
 * @param added with their versions
 * @param removed with the versions that they had
 * @param changed with both versions
 */
public record PackageChanges(
        Map<String, String> added, Map<String, String> removed, Map<String, Versions> changed) {
    /** Before and after. */
    public record Versions(String from, String to) {}

    public static PackageChanges between(Map<String, String> before, Map<String, String> after) {
        var added = new TreeMap<>(after);
        added.keySet().removeAll(before.keySet());
        var removed = new TreeMap<>(before);
        removed.keySet().removeAll(after.keySet());
        var changed = new TreeMap<String, Versions>();
        before.forEach((name, version) -> {
            var now = after.get(name);
            if (now != null && !now.equals(version)) {
                changed.put(name, new Versions(version, now));
            }
        });
        return new PackageChanges(added, removed, changed);
    }

    /** Whether nothing is different. */
    public boolean isNone() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}

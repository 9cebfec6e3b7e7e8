package dev.keyhole.app.image;

import dev.keyhole.gateway.workspace.OfferedImage;
import dev.keyhole.image.freshness.ImageUpdate;
import dev.keyhole.image.freshness.PackageChanges;
import dev.keyhole.wire.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an update changed, for a person and for programs. */
final class UpdateText {
    private UpdateText() {}

    static List<String> lines(ImageUpdate.Updated updated, Optional<OfferedImage> offered) {
        var lines = new ArrayList<String>();
        lines.add(updated.image());
        lines.add("  base      " + Printable.of(updated.built().base().reference()));
        lines.add("            " + updated.built().base().digest());
        if (!updated.changed()) {
            lines.add("Nothing is different; it was built on this before.");
        } else {
            updated.former().ifPresent(former -> lines.add("  former    " + former));
            updated.debian().ifPresent(changes -> add(lines, "Debian", changes));
            updated.python().ifPresent(changes -> add(lines, "Python", changes));
        }
        lines.add(
                offered.map(offer -> "Workspaces get " + offer.current() + " at their next start.")
                        .orElse("No door was told."));
        return lines;
    }

    private static void add(List<String> lines, String kind, PackageChanges changes) {
        if (changes.isNone()) {
            lines.add("  " + kind + " packages: no difference");
            return;
        }
        lines.add("  " + kind + " packages:");
        changes.changed()
                .forEach((name, versions) ->
                        lines.add(
                                "    ~ "
                                        + Printable.of(
                                                name
                                                        + " "
                                                        + versions.from()
                                                        + " -> "
                                                        + versions.to())));
        changes.added()
                .forEach((name, version) ->
                        lines.add("    + " + Printable.of(name + " " + version)));
        changes.removed()
                .forEach((name, version) ->
                        lines.add("    - " + Printable.of(name + " " + version)));
    }

    static Map<String, Object> document(
            ImageUpdate.Updated updated, Optional<OfferedImage> offered) {
        var base = new LinkedHashMap<String, Object>();
        base.put("reference", updated.built().base().reference());
        base.put("digest", updated.built().base().digest());
        var document = new LinkedHashMap<String, Object>();
        document.put("image", updated.image());
        updated.former().ifPresent(former -> document.put("former", former));
        document.put("changed", updated.changed());
        document.put("base", base);
        updated.debian().ifPresent(changes -> document.put("debian", changes));
        updated.python().ifPresent(changes -> document.put("python", changes));
        offered.ifPresent(offer -> document.put("offered", offer));
        document.put("warnings", updated.built().warnings());
        return document;
    }
}

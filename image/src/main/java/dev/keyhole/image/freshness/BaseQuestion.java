package dev.keyhole.image.freshness;

import dev.keyhole.image.base.RegistryLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks whether the registry has something newer than what was built on. */
record BaseQuestion(String name, Optional<String> pinned, RegistryLookup.Seen seen) {
    /** The tag that a reference names, {@code latest} when it names none. */
    static String tag(String reference) {
        var plain = reference.split("@", 2)[0];
        int colon = plain.lastIndexOf(':');
        return colon > plain.lastIndexOf('/') ? plain.substring(colon + 1) : "latest";
    }

    CheckReport.BaseState state() {
        var newer = newer();
        return new CheckReport.BaseState(
                name,
                pinned,
                seen.image().digest(),
                moved(),
                newer.inLine(),
                newer.newestLine(),
                newer.newerLines());
    }

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        if (moved()) {
            findings.add(
                    new Finding(
                            Finding.Kind.DIGEST_MOVED,
                            true,
                            name + " names another image now than the one that was built on.",
                            "Run `keyhole image update`."));
        }
        var newer = newer();
        newer.inLine()
                .ifPresent(tag ->
                        findings.add(
                                new Finding(
                                        Finding.Kind.NEWER_TAG,
                                        true,
                                        "The same line has a newer tag: " + tag + ".",
                                        "Build on it; it brings fixes and no changes.")));
        newer.newestLine()
                .ifPresent(tag ->
                        findings.add(
                                new Finding(
                                        Finding.Kind.NEWER_LINE,
                                        false,
                                        newer.newerLines()
                                                + (newer.newerLines() == 1
                                                        ? " newer line; its"
                                                        : " newer lines; the")
                                                + " newest tag is "
                                                + tag
                                                + ".",
                                        "Try your notebooks on it.")));
        return findings;
    }

    private boolean moved() {
        return pinned.filter(digest -> !seen.image().is(digest)).isPresent();
    }

    private NewerTags newer() {
        return NewerTags.than(tag(name), seen.tags().orElse(List.of()));
    }
}

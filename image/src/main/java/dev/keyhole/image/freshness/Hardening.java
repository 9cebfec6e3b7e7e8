package dev.keyhole.image.freshness;

import dev.keyhole.image.base.BaseContents;
import java.util.ArrayList;
import java.util.List;

/** What should not be in a workspace's image: setuid files, an SSH server, keys that everybody shares. */
final class Hardening {
    private Hardening() {}

    /** @param ours whether it was built by us, which would have taken care of it */
    static List<Finding> of(BaseContents contents, boolean ours) {
        var findings = new ArrayList<Finding>();
        int privileged = contents.privileged().size();
        if (privileged > 0) {
            findings.add(
                    new Finding(
                            Finding.Kind.SETUID,
                            ours,
                            privileged
                                    + " files or directories lend their user, group or capabilities: "
                                    + some(List.copyOf(contents.privileged().keySet()))
                                    + ".",
                            ours
                                    ? "Build it again."
                                    : "`keyhole image build` defuses them; their bytes stay in the base's layers."));
        }
        if (contents.sshd()) {
            findings.add(
                    new Finding(
                            Finding.Kind.SSH_SERVER,
                            true,
                            "An SSH server is in it, which nobody starts and nobody patches.",
                            "Take a base without one."));
        }
        if (!contents.hostKeys().isEmpty()) {
            findings.add(
                    new Finding(
                            Finding.Kind.HOST_KEYS,
                            true,
                            "Private host keys are in its layers, the same for everybody who pulls it: "
                                    + some(contents.hostKeys())
                                    + ".",
                            "Take a base without them, and trust no host that shows one."));
        }
        return findings;
    }

    private static String some(List<String> paths) {
        int shown = Math.min(3, paths.size());
        return String.join(", ", paths.subList(0, shown))
                + (paths.size() > shown ? " and " + (paths.size() - shown) + " more" : "");
    }
}

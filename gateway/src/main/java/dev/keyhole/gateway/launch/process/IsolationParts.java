package dev.keyhole.gateway.launch.process;

import dev.keyhole.gateway.workspace.IsolationPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The walls that a workspace may have, by their words; docs/threat-model.md says what each keeps out. */
final class IsolationParts {
    private static final List<String> WORDS =
            List.of(
                    "user",
                    "files",
                    "processes",
                    "devices",
                    "network",
                    "memory",
                    "cpu",
                    "pids",
                    "groups",
                    "names");

    private IsolationParts() {}

    /** @param container whether what is around this process is a container of one person */
    static List<IsolationPart> withoutRoot(boolean container) {
        if (container) {
            return List.of(
                    IsolationPart.missing(
                            "door",
                            "The container is the wall; inside of it door and notebook are one OS user."));
        }
        return List.of(
                IsolationPart.missing(
                        "all",
                        "Without root, door and notebooks are one OS user: nothing separates them."));
    }

    /** Quotas are the file system's and the operator's; silence would promise what nobody keeps. */
    private static final IsolationPart DISK =
            IsolationPart.missing(
                    "disk",
                    "Nothing here bounds what one person stores: set a quota for the OS user (setquota), where the file system has them.");

    /** All of them: those that are missing, and the others stand. */
    static List<IsolationPart> from(Collection<IsolationPart> missing) {
        List<IsolationPart> parts = new ArrayList<>(missing);
        parts.add(DISK);
        for (String word : WORDS) {
            if (missing.stream().noneMatch(part -> part.word().equals(word))) {
                parts.add(IsolationPart.stands(word));
            }
        }
        return parts;
    }
}

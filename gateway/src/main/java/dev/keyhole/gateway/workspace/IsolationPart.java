package dev.keyhole.gateway.workspace;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One wall around a workspace, and whether it stands.
 *
 * @param word names it in lists and documents; the threat model explains it
 * @param inForce whether the machine allows it
 * @param why one sentence for a person when it does not stand; else empty
 */
public record IsolationPart(String word, boolean inForce, String why) {
    public static IsolationPart stands(String word) {
        return new IsolationPart(word, true, "");
    }

    public static IsolationPart missing(String word, String why) {
        return new IsolationPart(word, false, why);
    }

    /** What a person must be told: one sentence for each part that does not stand. */
    public static List<String> notices(Collection<IsolationPart> parts) {
        return parts.stream()
                .filter(part -> !part.inForce())
                .sorted(Comparator.comparing(IsolationPart::word))
                .map(part -> "not isolated: " + part.word() + ". " + part.why())
                .toList();
    }
}

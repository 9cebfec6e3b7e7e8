package dev.keyhole.gateway.control.operator;

import java.util.List;

/** Compares two looks at the end of a growing log. Keeps no state. */
final class Tail {
    private Tail() {}

    /**
     * The lines of the second look that came after the first: what the first one ended with is where the second one
     * begins. When they have nothing in common, everything is new.
     */
    static List<String> fresh(List<String> before, List<String> now) {
        for (int gone = 0; gone < before.size(); gone++) {
            List<String> kept = before.subList(gone, before.size());
            if (kept.size() <= now.size() && now.subList(0, kept.size()).equals(kept)) {
                return now.subList(kept.size(), now.size());
            }
        }
        return now;
    }
}

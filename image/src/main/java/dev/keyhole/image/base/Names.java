package dev.keyhole.image.base;

import java.util.ArrayList;
import java.util.List;

/** The names along a path of an archive. */
final class Names {
    private Names() {}

    /**
     * The names along an entry's path, without empty ones and {@code .}; {@code ..} goes back one name and never above
     * the root.
     */
    static List<String> of(String path) {
        var names = new ArrayList<String>();
        for (var name : ofTarget(path)) {
            if (!name.equals("..")) {
                names.add(name);
            } else if (!names.isEmpty()) {
                names.removeLast();
            }
        }
        return names;
    }

    /** The names along a link's target, which means {@code ..} where it stands. */
    static List<String> ofTarget(String path) {
        var names = new ArrayList<String>();
        for (var name : path.split("/")) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    /** The last name, empty for the root. */
    static String last(String path) {
        var names = of(path);
        return names.isEmpty() ? "" : names.getLast();
    }

    /** The path above the last name, empty for the root. */
    static String above(String path) {
        var names = of(path);
        return names.isEmpty() ? "" : String.join("/", names.subList(0, names.size() - 1));
    }
}

package dev.keyhole.image.base;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads {@code Name: value} lines up to the first empty one, as in mail, Debian's control files and Python's metadata. */
final class Headers {
    private Headers() {}

    /** The first value of each name, names in lower case; continuation lines are left out. */
    static Map<String, String> of(String text) {
        var headers = new HashMap<String, String>();
        for (var line : text.stripLeading().lines().takeWhile(line -> !line.isBlank()).toList()) {
            int colon = line.indexOf(':');
            if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }
}

package dev.keyhole.gateway.workspace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The variables that a client may bring along: its language, its time zone and its terminal. Everything else could
 * change what a program loads or runs. Immutable.
 *
 * @param variables allowed ones only, at most {@value #MOST}
 */
public record CommandEnvironment(Map<String, String> variables) {
    public static final CommandEnvironment NONE = new CommandEnvironment(Map.of());

    private static final int MOST = 32;
    private static final Set<String> NAMES = Set.of("LANG", "TERM", "COLORTERM", "TZ");
    private static final Pattern LOCALE_NAME = Pattern.compile("LC_[A-Z]{1,20}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,128}");

    public CommandEnvironment {
        if (variables.size() > MOST) {
            throw new IllegalArgumentException("too many variables");
        }
        variables.forEach((name, value) -> {
            if (!allows(name, value)) {
                throw new IllegalArgumentException("this variable is not allowed");
            }
        });
        variables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    private static boolean allows(String name, String value) {
        return knows(name) && VALUE.matcher(value).matches();
    }

    /** Whether a variable of that name may come along at all. */
    public static boolean knows(String name) {
        return NAMES.contains(name) || LOCALE_NAME.matcher(name).matches();
    }

    /** Whether there is room for that variable, and it is allowed. */
    public boolean takes(String name, String value) {
        return allows(name, value) && (variables.size() < MOST || variables.containsKey(name));
    }

    /** With one more variable, which it must take. */
    public CommandEnvironment with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new CommandEnvironment(more);
    }
}

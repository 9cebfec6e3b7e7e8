package dev.keyhole.app;

import java.nio.file.Path;
import java.util.Map;

/** Where a home and a person's keys are when nobody says. */
final class Homes {
    private Homes() {}

    /** {@code /var/lib/keyhole} for root; else {@code keyhole} among the person's own state. */
    static Path usual(Map<String, String> environment, String user) {
        if (user.equals("root")) {
            return Path.of("/var/lib/keyhole");
        }
        String state = environment.getOrDefault("XDG_DATA_HOME", "");
        return state.startsWith("/")
                ? Path.of(state, "keyhole")
                : person(environment).resolve(".local/share/keyhole");
    }

    /** The person's home directory: {@code HOME} as for every other command. */
    static Path person(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.startsWith("/") ? home : System.getProperty("user.home", "/"));
    }
}

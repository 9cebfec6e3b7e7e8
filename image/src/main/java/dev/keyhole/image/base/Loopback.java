package dev.keyhole.image.base;

import java.util.regex.Pattern;

/** Whether a registry's address cannot leave this machine; told from its text, without asking any name server. */
final class Loopback {
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?");

    private Loopback() {}

    static boolean is(String registry) {
        return LOOPBACK.matcher(registry).matches();
    }
}

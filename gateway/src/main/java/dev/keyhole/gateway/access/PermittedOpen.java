package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Shown;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code permitopen="HOST:PORT"} of a key, sshd(8): hosts are compared as they stand, {@code *} is any port.
 *
 * @param port 1-65535; absent means any
 */
record PermittedOpen(String host, OptionalInt port) {
    private static final Pattern GRAMMAR =
            Pattern.compile("(?:\\[([^\\[\\]]+)]|([^\\[\\]:\\s]+)):(\\*|[1-9]\\d{0,4})");
    private static final int HIGHEST_PORT = 65_535;

    static PermittedOpen parse(String text) throws LineRefused {
        Matcher parts = GRAMMAR.matcher(text);
        if (parts.matches()) {
            String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
            if (parts.group(3).equals("*")) {
                return new PermittedOpen(host, OptionalInt.empty());
            }
            int port = Integer.parseInt(parts.group(3));
            if (port <= HIGHEST_PORT) {
                return new PermittedOpen(host, OptionalInt.of(port));
            }
        }
        throw new LineRefused(
                "its permitopen '" + Shown.text(text) + "' is no destination",
                "Write it as permitopen=\"jupyter:*\" or permitopen=\"localhost:8888\".");
    }
}

package dev.keyhole.client;

import java.util.regex.Pattern;

/** The grammar of a TCP port: 1 to 65535 in plain digits. */
final class Ports {
    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,4}");

    private Ports() {}

    static int parse(String typed) {
        if (!DIGITS.matcher(typed).matches()) {
            throw new BadArgument(
                    "Not a port: "
                            + BadArgument.quoted(typed)
                            + ". A port is a number from 1 to 65535.");
        }
        return checked(Integer.parseInt(typed));
    }

    static int checked(int port) {
        if (port < 1 || port > 65535) {
            throw new BadArgument("Not a port: " + port + ". A port is a number from 1 to 65535.");
        }
        return port;
    }
}

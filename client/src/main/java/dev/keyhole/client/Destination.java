package dev.keyhole.client;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where the door is, as a person types it: {@code [USER@]HOST[:PORT]} or {@code ssh://[USER@]HOST[:PORT]}.
 *
 * <p>Only letters that can mean nothing to a shell, to {@code ssh}'s option parser or to its {@code %} tokens pass.
 */
public record Destination(Optional<String> user, String host, OptionalInt port) {
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    private static final Pattern HOST =
            Pattern.compile(
                    "(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?"
                            + "(?:\\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\\.?");
    private static final Pattern IPV6_LETTERS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    /**
     * Reads what was typed.
     *
     * @throws BadArgument when it breaks the grammar
     */
    public static Destination parse(String typed) {
        String rest =
                typed.startsWith("ssh://")
                        ? withoutSlash(typed.substring("ssh://".length()))
                        : typed;
        int at = rest.lastIndexOf('@');
        Optional<String> user =
                at < 0 ? Optional.empty() : Optional.of(checkedUser(rest.substring(0, at)));
        String place = rest.substring(at + 1);
        if (place.startsWith("[")) {
            return bracketed(user, place, typed);
        }
        if (isIpv6(place)) {
            return new Destination(user, place, OptionalInt.empty());
        }
        int colon = place.indexOf(':');
        String host = colon < 0 ? place : place.substring(0, colon);
        if (!HOST.matcher(host).matches()) {
            throw new BadArgument(
                    "Not a host name or address: "
                            + BadArgument.quoted(host)
                            + ". Expected [USER@]HOST[:PORT], for example gpu.example.org:2222 or [2001:db8::7]:2222.");
        }
        return new Destination(
                user, host, colon < 0 ? OptionalInt.empty() : portAfter(place.substring(colon)));
    }

    /** The same place, written so that {@link #parse} reads it back. */
    public String typed() {
        String place = host.contains(":") ? "[" + host + "]" : host;
        return user.map(name -> name + "@").orElse("")
                + place
                + (port.isPresent() ? ":" + port.getAsInt() : "");
    }

    private static String withoutSlash(String rest) {
        return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    }

    private static String checkedUser(String user) {
        if (!USER.matcher(user).matches()) {
            throw new BadArgument(
                    "Not a login name: "
                            + BadArgument.quoted(user)
                            + ". It is made of letters, digits, '.', '_' and '-', and does not start with '-'.");
        }
        return user;
    }

    private static Destination bracketed(Optional<String> user, String place, String typed) {
        int end = place.indexOf(']');
        if (end < 0 || !isIpv6(place.substring(1, end))) {
            throw new BadArgument(
                    "Not an IPv6 address in brackets: "
                            + BadArgument.quoted(typed)
                            + ". Expected for example [2001:db8::7]:2222; zones (%eth0) belong into ~/.ssh/config.");
        }
        String after = place.substring(end + 1);
        return new Destination(
                user,
                place.substring(1, end),
                after.isEmpty() ? OptionalInt.empty() : portAfter(after));
    }

    private static OptionalInt portAfter(String colonAndPort) {
        if (!colonAndPort.startsWith(":")) {
            throw new BadArgument(
                    "Not a port: " + BadArgument.quoted(colonAndPort) + ". Expected HOST:PORT.");
        }
        return OptionalInt.of(Ports.parse(colonAndPort.substring(1)));
    }

    private static boolean isIpv6(String text) {
        if (!IPV6_LETTERS.matcher(text).matches() || text.indexOf(':') == text.lastIndexOf(':')) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

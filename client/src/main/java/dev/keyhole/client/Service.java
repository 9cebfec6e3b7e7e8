package dev.keyhole.client;

import java.util.regex.Pattern;

/**
 * What a tunnel leads to: a named service of one's own workspace, or a port on its loopback ({@code localhost:N}).
 *
 * @param name what a person calls it
 * @param host what {@code ssh} asks the door for
 * @param port the virtual port; the door goes by the name where there is one
 * @param probePath the path whose answer means "ready"
 * @param openPath the path that a browser is sent to
 */
public record Service(String name, String host, int port, String probePath, String openPath) {
    private static final Pattern NAME = Pattern.compile("[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?");
    private static final int ANY_PORT = 1;

    /**
     * Reads {@code jupyter}, {@code tensorboard}, another service's name, {@code localhost:N} or a bare port.
     *
     * @throws BadArgument when it is none of these
     */
    public static Service parse(String typed) {
        if (typed.startsWith("localhost:")) {
            return ownPort(Ports.parse(typed.substring("localhost:".length())));
        }
        if (!typed.isEmpty() && typed.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return ownPort(Ports.parse(typed));
        }
        if (!NAME.matcher(typed).matches() || typed.equals("localhost")) {
            throw new BadArgument(
                    "Not a service: "
                            + BadArgument.quoted(typed)
                            + ". Expected a name such as jupyter or tensorboard, localhost:PORT, or a port.");
        }
        return switch (typed) {
            case "jupyter" -> new Service(typed, typed, 8888, "/api", "/lab");
            case "tensorboard" -> new Service(typed, typed, 6006, "/", "/");
            default -> new Service(typed, typed, ANY_PORT, "/", "/");
        };
    }

    private static Service ownPort(int port) {
        return new Service("localhost:" + port, "localhost", port, "/", "/");
    }

    /** Whether an answer must be a good one: what we know well answers 200-399 when it is ready, others just answer. */
    boolean isWellKnown() {
        return name.equals("jupyter") || name.equals("tensorboard");
    }
}

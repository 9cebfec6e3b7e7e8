package dev.keyhole.gateway.config;

import java.util.Locale;

/** What the container of a workspace reaches. It is never reached by anybody: the way in is a unix socket. */
public enum ContainerNetwork {
    /** Nothing but itself. */
    NONE,

    /** A bridge of its own, and through it what the machine reaches; no other workspace. */
    OPEN;

    /** @throws IllegalArgumentException with a sentence for a person */
    public static ContainerNetwork parse(String text) {
        return switch (text) {
            case "none" -> NONE;
            case "open" -> OPEN;
            default ->
                    throw new IllegalArgumentException("'" + text + "' is neither none nor open");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

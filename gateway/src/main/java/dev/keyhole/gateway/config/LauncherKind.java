package dev.keyhole.gateway.config;

import java.util.Locale;

/** What starts workspaces. */
public enum LauncherKind {
    /** Processes on this machine. */
    PROCESS,

    /** Containers of this machine's engine, one for each principal. */
    CONTAINER;

    /**
     * @throws IllegalArgumentException with a sentence for a person; a launcher that does not exist yet must never be
     *     replaced by another one in silence
     */
    public static LauncherKind parse(String text) {
        return switch (text) {
            case "process" -> PROCESS;
            case "container" -> CONTAINER;
            case "kubernetes" ->
                    throw new IllegalArgumentException(
                            "the launcher '"
                                    + text
                                    + "' is not in this version; use process or container");
            default ->
                    throw new IllegalArgumentException(
                            "'" + text + "' is no launcher; use process or container");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

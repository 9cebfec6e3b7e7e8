package dev.keyhole.gateway.config;

import java.util.Locale;

/** What starts workspaces. */
public enum LauncherKind {
    /** Processes on this machine. */
    PROCESS;

    /**
     * @throws IllegalArgumentException with a sentence for a person; a launcher that does not exist yet must never be
     *     replaced by another one in silence
     */
    public static LauncherKind parse(String text) {
        return switch (text) {
            case "process" -> PROCESS;
            case "container", "kubernetes" ->
                    throw new IllegalArgumentException(
                            "the launcher '" + text + "' is not in this version; use process");
            default ->
                    throw new IllegalArgumentException(
                            "'" + text + "' is no launcher; use process");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.keyhole.image.freshness;

/**
 * Something that a check noticed.
 *
 * @param due whether somebody should act; otherwise it is only said
 * @param text what was found, one sentence
 * @param next the next move; empty when there is none
 */
public record Finding(Kind kind, boolean due, String text, String next) {
    /** What it is about; stable words in {@code --json}. */
    public enum Kind {
        /** The tag of the base names another digest now. */
        DIGEST_MOVED,
        /** The same line has a newer tag. */
        NEWER_TAG,
        /** There are newer lines. */
        NEWER_LINE,
        /** A line gets no fixes any more. */
        LINE_ENDED,
        /** A line will soon get none. */
        LINE_ENDS_SOON,
        /** No Jupyter is in it. */
        JUPYTER_MISSING,
        /** Jupyter is older than the oldest that is safe. */
        JUPYTER_TOO_OLD,
        /** A scanner knows vulnerabilities in it. */
        VULNERABLE,
        /** No scanner is installed. */
        NOT_SCANNED,
        /** Files lend their user or group. */
        SETUID,
        /** An SSH server is in it. */
        SSH_SERVER,
        /** Private host keys are in it. */
        HOST_KEYS,
        /** It was built by another release of Keyhole. */
        OTHER_RELEASE
    }
}

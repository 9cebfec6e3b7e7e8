package dev.keyhole.wire;

/**
 * How the door tells a session what the start that it waits for is doing: in {@code SSH_MSG_DEBUG} (RFC 4253, section 11.3),
 * which every client may overlook. {@code ssh -v} prints it behind {@code debug1: Remote: }.
 */
public final class StartNews {
    /** How each of these messages begins. */
    public static final String PREFIX = "keyhole: ";

    private StartNews() {}
}

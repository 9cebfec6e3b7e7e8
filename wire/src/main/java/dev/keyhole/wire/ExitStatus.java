package dev.keyhole.wire;

/** The exit statuses of the {@code keyhole} command; scripts rely on the numbers, so they never change meaning. */
public enum ExitStatus {
    /** The command did what it was asked to do. */
    DONE(0),
    /** It tried and could not; the message says why. */
    FAILED(1),
    /** The command line was not understood; nothing was touched. */
    USAGE(2),
    /** A login or a policy said no. */
    REFUSED(3),
    /** The other side did not answer. */
    UNREACHABLE(4),
    /** The host key is not the one that is known; nothing was sent. */
    HOST_KEY_CHANGED(5),
    /** The local port is in use. */
    PORT_TAKEN(6),
    /** A check ran and found problems. */
    PROBLEMS_FOUND(7);

    private final int number;

    ExitStatus(int number) {
        this.number = number;
    }

    /** The number that the process exits with, 0 to 7. */
    public int number() {
        return number;
    }
}

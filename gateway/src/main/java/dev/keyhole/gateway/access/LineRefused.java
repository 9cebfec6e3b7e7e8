package dev.keyhole.gateway.access;

/** A line of {@code authorized_keys} cannot be used; never leaves this package. The message is for a person. */
final class LineRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String nextMove;

    LineRefused(String reason, String nextMove) {
        super(reason, null, false, false);
        this.nextMove = nextMove;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String nextMove() {
        return nextMove;
    }
}

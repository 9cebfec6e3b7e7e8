package dev.keyhole.gateway.access;

/** A change that contradicts what stands. The message is a sentence for the operator, with the next move. */
public final class RosterProblem extends Exception {
    private static final long serialVersionUID = 1L;

    public RosterProblem(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNull(super.getMessage());
    }
}

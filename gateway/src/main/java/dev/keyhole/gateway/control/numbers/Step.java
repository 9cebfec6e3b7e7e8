package dev.keyhole.gateway.control.numbers;

/** Where somebody was told no. */
public enum Step {
    /** A connection that got no login. */
    LOGIN("login"),
    FORWARD("forward"),
    /** Anything else that a session asked for. */
    REQUEST("request"),
    /** An operator on the control socket. */
    OPERATOR("operator");

    private final String word;

    Step(String word) {
        this.word = word;
    }

    /** For lists and labels. */
    public String word() {
        return word;
    }
}

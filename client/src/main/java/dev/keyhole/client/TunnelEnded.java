package dev.keyhole.client;

import dev.keyhole.wire.ExitStatus;

/** The tunnel cannot go on; {@link #ending} says why. */
public final class TunnelEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Ending ending;

    public TunnelEnded(Ending ending) {
        super(ending.text());
        this.ending = ending;
    }

    TunnelEnded(ExitStatus status, String text, String nextMove) {
        this(new Ending(status, text, nextMove));
    }

    public Ending ending() {
        return ending;
    }
}

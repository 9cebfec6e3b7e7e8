package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;

/** One connection that waits for its login. Two of them are never equal. */
public final class Ticket {
    private final SourceGroup source;
    private final long sinceNanos;
    private final boolean exempt;

    Ticket(SourceGroup source, long sinceNanos, boolean exempt) {
        this.source = source;
        this.sinceNanos = sinceNanos;
        this.exempt = exempt;
    }

    public SourceGroup source() {
        return source;
    }

    /** How long it waits already. */
    long ageAt(long nanos) {
        return nanos - sinceNanos;
    }

    boolean exempt() {
        return exempt;
    }
}

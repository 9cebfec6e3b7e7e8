package dev.keyhole.gateway.ssh;

import java.util.concurrent.atomic.LongAdder;

/** The bytes of all forwards of a door, also of those that are over. Thread-safe; counting never waits. */
final class Carried {
    private final LongAdder in = new LongAdder();
    private final LongAdder out = new LongAdder();

    /** With the service, from a client. */
    void in(long bytes) {
        in.add(bytes);
    }

    /** On their way to a client, from a service. */
    void out(long bytes) {
        out.add(bytes);
    }

    long bytesIn() {
        return in.sum();
    }

    long bytesOut() {
        return out.sum();
    }
}

package dev.keyhole.gateway.ban;

import dev.keyhole.gateway.model.SourceGroup;
import java.io.IOException;
import java.time.Duration;

/** The kernel's own table of sources whose new connections to the door it drops. Thread-safe; each call waits for it. */
public interface KernelTable {
    /** Longer ones end then; nobody looks at a ban of the kernel, so it must end by itself. */
    Duration LONGEST = Duration.ofDays(7);

    /**
     * From now on and for that long; a second time it begins anew.
     *
     * @throws IOException with a sentence for an operator, when the kernel does not take it
     */
    void drop(SourceGroup source, Duration time) throws IOException;

    /** Ends it; also when nothing was dropped. */
    void lift(SourceGroup source) throws IOException;

    void liftAll() throws IOException;

    /** Returns when the table stands. @throws IOException with why there is none */
    void requireTable() throws IOException;
}

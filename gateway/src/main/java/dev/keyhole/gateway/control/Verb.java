package dev.keyhole.gateway.control;

import dev.keyhole.gateway.access.Authenticated;

/** Something that a member may ask. Implementations are thread-safe and act on the asking principal's things only. */
public interface Verb {
    /** The word after {@code keyhole}. */
    String name();

    /** One line for {@code help}. */
    String summary();

    /** Whether it changes anything; such a verb runs only when the audit holds it. */
    default boolean changes() {
        return false;
    }

    /**
     * Does it. May block until a workspace has started or stopped.
     *
     * @throws UsageError when the arguments are not understood; nothing was done then
     */
    Answer run(Authenticated who, Arguments arguments) throws UsageError, InterruptedException;
}

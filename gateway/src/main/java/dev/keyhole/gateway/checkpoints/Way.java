package dev.keyhole.gateway.checkpoints;

import dev.keyhole.gateway.audit.CheckpointFollower.Note;
import java.io.IOException;
import java.util.List;

/** A way for checkpoints to leave the machine. Used by one thread. */
public interface Way {
    /** A word that names what is remembered of it, for ever the same. */
    String word();

    /** For operators: where they go. */
    String to();

    /**
     * Brings notes there, oldest first and at least one.
     *
     * @throws IOException with words for an operator; then all of them come again
     */
    void push(List<Note> notes) throws IOException, InterruptedException;
}

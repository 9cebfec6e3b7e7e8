package dev.keyhole.gateway.control;

import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.SessionId;
import java.util.List;

/** The sessions that are open now. Thread-safe; nothing here blocks. */
public interface Sessions {
    /** All of them, oldest first. */
    List<SessionView> open();

    /**
     * Ends one; its client reads the refusal.
     *
     * @return whether there was such a session
     */
    boolean close(SessionId id, Refusal refusal);
}

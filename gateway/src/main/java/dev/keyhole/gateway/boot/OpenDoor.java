package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.model.Fingerprint;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** A door that listens, in this process or in one of its own. Used by one thread. */
interface OpenDoor extends Closeable {
    int port();

    Fingerprint hostKey();

    /** Takes nothing new and waits, at most that long, until nobody is left; an interrupt ends the wait at once. */
    void drain(Duration patience) throws InterruptedException;

    /** Ends the door. Workspaces go on. */
    @Override
    void close() throws IOException;
}

package dev.keyhole.gateway.launch.container;

import dev.keyhole.gateway.workspace.LaunchFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine, connected at its first use and again after it was lost. Thread-safe. */
final class EngineHere {
    private static final Logger LOG = LoggerFactory.getLogger(EngineHere.class);

    private final Path socket;
    private @Nullable Engine connected; // guarded by this

    EngineHere(Path socket) {
        this.socket = socket;
    }

    /** @throws LaunchFailure when it does not answer */
    synchronized Engine here() throws LaunchFailure {
        Engine known = connected;
        if (known == null || !known.answers()) {
            close(known);
            connected = null;
            known = Engine.open(socket);
            connected = known;
        }
        return known;
    }

    private static void close(@Nullable Engine gone) {
        if (gone != null) {
            try {
                gone.close();
            } catch (IOException e) {
                LOG.debug("The engine's connections could not be closed", e);
            }
        }
    }
}

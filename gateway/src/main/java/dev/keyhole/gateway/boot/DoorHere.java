package dev.keyhole.gateway.boot;

import dev.keyhole.gateway.access.AuthorizedKey;
import dev.keyhole.gateway.config.Config;
import dev.keyhole.gateway.model.Fingerprint;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A door in this process. */
final class DoorHere implements OpenDoor {
    private final Wiring wiring;

    private DoorHere(Wiring wiring) {
        this.wiring = wiring;
    }

    /** @throws CannotStart when it cannot listen, or its host key or audit cannot be used */
    static DoorHere open(
            Config config, Map<PrincipalName, List<AuthorizedKey>> keys, Wiring.Machine machine)
            throws CannotStart {
        try {
            Wiring wiring = Wiring.of(config, keys, machine, Clock.systemUTC());
            try {
                wiring.start(Release.VERSION);
                return new DoorHere(wiring);
            } catch (IOException | RuntimeException e) {
                wiring.close();
                throw e;
            }
        } catch (BindException e) {
            throw PortProbe.explained(config.listen(), e);
        } catch (IOException e) {
            if (e instanceof SocketException || e.getCause() instanceof SocketException) {
                throw PortProbe.explained(config.listen(), e);
            }
            throw new CannotStart(
                    ExitStatus.FAILED, "The door cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public int port() {
        return wiring.port();
    }

    @Override
    public Fingerprint hostKey() {
        return wiring.hostKeyFingerprint();
    }

    @Override
    public void drain(Duration patience) throws InterruptedException {
        wiring.drain(patience);
    }

    @Override
    public void close() throws IOException {
        wiring.close();
    }
}

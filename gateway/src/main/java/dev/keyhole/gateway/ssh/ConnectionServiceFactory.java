package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Authenticated;
import dev.keyhole.gateway.model.Refusal;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;

/** Gives an authenticated session our {@link DoorConnection} instead of MINA's connection service. */
final class ConnectionServiceFactory extends ServerConnectionServiceFactory {
    private final ChannelKinds kinds;
    private final RefuseRest refuseRest;
    private final BooleanSupplier draining;
    private final Function<Authenticated, Optional<Refusal>> standing;
    private final HostKeys hostKeys;
    private final int mostChannels;

    ConnectionServiceFactory(
            ChannelKinds kinds,
            RefuseRest refuseRest,
            BooleanSupplier draining,
            Function<Authenticated, Optional<Refusal>> standing,
            HostKeys hostKeys,
            int mostChannels) {
        this.mostChannels = mostChannels;
        this.standing = standing;
        this.hostKeys = hostKeys;
        this.kinds = kinds;
        this.refuseRest = refuseRest;
        this.draining = draining;
    }

    @Override
    public Service create(Session session) throws IOException {
        return new DoorConnection(
                DoorSession.of(session),
                kinds,
                refuseRest,
                draining,
                standing,
                hostKeys,
                mostChannels);
    }
}

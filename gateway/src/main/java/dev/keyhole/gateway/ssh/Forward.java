package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Grant;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.OwnLoopback;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Fifth step: connects to the endpoint, and proves that the listener is the owner's before a byte goes either way.
 *
 * <p>Thread-safe. A connect to loopback or a unix socket answers at once or never.
 */
final class Forward {
    /** Both kinds of endpoints are on this machine: an answer comes at once, or the listener hangs. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OwnLoopback ownLoopback;
    private final Timers timers;
    private final Duration patience;

    Forward(OwnLoopback ownLoopback, Timers timers, Duration patience) {
        this.ownLoopback = ownLoopback;
        this.timers = timers;
        this.patience = patience;
    }

    OpenForward step(Grant grant, Endpoint endpoint) throws ForwardRefusal {
        SocketChannel socket =
                switch (endpoint) {
                    case Endpoint.Unix unix -> connect(unix);
                    case Endpoint.OwnLoopback own -> connect(own);
                };
        return new OpenForward(grant, socket);
    }

    private SocketChannel connect(Endpoint.Unix endpoint) throws ForwardRefusal {
        SocketChannel socket = null;
        try {
            socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            connect(socket, UnixDomainSocketAddress.of(endpoint.socket()));
            String listener = socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            if (!listener.equals(endpoint.ownerUser())) {
                throw ForwardRefusal.byPolicy(
                        Refusal.of(
                                Code.NOT_YOUR_LISTENER,
                                endpoint.socket() + " is listened on by " + listener));
            }
            return socket;
        } catch (IOException e) {
            close(socket);
            throw ForwardRefusal.unreachable(
                    Refusal.of(Code.SERVICE_NOT_READY, endpoint.socket() + ": " + e.getMessage()));
        } catch (ForwardRefusal e) {
            close(socket);
            throw e;
        }
    }

    private SocketChannel connect(Endpoint.OwnLoopback endpoint) throws ForwardRefusal {
        try {
            return ownLoopback
                    .connect(endpoint.owner(), endpoint.port())
                    .orElseThrow(() ->
                            ForwardRefusal.byPolicy(
                                    Refusal.of(
                                            Code.NOT_YOUR_LISTENER,
                                            "no listener of "
                                                    + endpoint.owner()
                                                    + " alone on port "
                                                    + endpoint.port())));
        } catch (IOException e) {
            throw ForwardRefusal.unreachable(
                    Refusal.of(
                            Code.SERVICE_NOT_READY,
                            "port " + endpoint.port() + ": " + e.getMessage()));
        }
    }

    /** A listener that accepts nothing would hold a connect for ever; closing the socket ends it. */
    private void connect(SocketChannel socket, SocketAddress address) throws IOException {
        timers.after(
                patience,
                () -> {
                    if (!socket.isConnected()) {
                        close(socket);
                    }
                });
        socket.connect(address);
    }

    private static void close(@Nullable SocketChannel socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // it was not open, then
            }
        }
    }
}

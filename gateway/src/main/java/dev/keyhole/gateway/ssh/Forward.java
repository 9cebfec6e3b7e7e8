package dev.keyhole.gateway.ssh;

import dev.keyhole.gateway.access.Grant;
import dev.keyhole.gateway.access.SharedAddress;
import dev.keyhole.gateway.access.SharedAddressRules;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.ByteStream;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.OwnLoopback;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Fifth step: connects to the endpoint, and proves that the listener is the owner's before a byte goes either way.
 *
 * <p>Thread-safe. It blocks for at most {@link #PATIENCE}; where a hop leads, as long as {@link Hops} says.
 */
final class Forward {
    /** On this machine an answer comes at once, or the listener hangs; a shared service elsewhere has the time of two lost packets. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OwnLoopback ownLoopback;
    private final Hops hops;
    private final SharedAddressRules sharedRules;
    private final Timers timers;
    private final Duration patience;

    Forward(
            OwnLoopback ownLoopback,
            Hops hops,
            SharedAddressRules sharedRules,
            Timers timers,
            Duration patience) {
        this.ownLoopback = ownLoopback;
        this.hops = hops;
        this.sharedRules = sharedRules;
        this.timers = timers;
        this.patience = patience;
    }

    OpenForward step(Grant grant, Endpoint endpoint) throws ForwardRefusal, InterruptedException {
        ByteStream stream =
                switch (endpoint) {
                    case Endpoint.Unix unix -> new PlainSocket(connect(unix));
                    case Endpoint.OwnLoopback own -> new PlainSocket(connect(own));
                    case Endpoint.Shared shared -> new PlainSocket(connect(shared));
                    case Endpoint.Hop hop -> connect(hop);
                };
        return new OpenForward(grant, stream);
    }

    /** The other server judges by itself what it lets us reach; its reason is passed on. */
    private ByteStream connect(Endpoint.Hop hop) throws ForwardRefusal, InterruptedException {
        try {
            return hops.connect(hop.host(), hop.destination(), hop.port());
        } catch (HopFailure e) {
            throw e.isByPolicy()
                    ? ForwardRefusal.byPolicy(e.refusal())
                    : ForwardRefusal.unreachable(e.refusal());
        }
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

    /** The rules are asked again: addresses of this machine come and go, and a socket's path may lead elsewhere now. */
    private SocketChannel connect(Endpoint.Shared endpoint) throws ForwardRefusal {
        SocketChannel socket = null;
        try {
            SharedAddress real = real(endpoint.address());
            Optional<String> forbidden = sharedRules.refusal(real);
            if (forbidden.isPresent()) {
                throw ForwardRefusal.byPolicy(Refusal.of(Code.SERVICE_REFUSED, forbidden.get()));
            }
            switch (real) {
                case SharedAddress.Tcp tcp -> {
                    socket = SocketChannel.open();
                    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    connect(socket, new InetSocketAddress(tcp.address(), tcp.port()));
                }
                case SharedAddress.Unix unix -> {
                    socket = SocketChannel.open(StandardProtocolFamily.UNIX);
                    connect(socket, UnixDomainSocketAddress.of(unix.socket()));
                }
            }
            return socket;
        } catch (IOException e) {
            close(socket);
            throw ForwardRefusal.unreachable(
                    Refusal.of(Code.SERVICE_NOT_READY, endpoint.address() + ": " + e.getMessage()));
        }
    }

    private static SharedAddress real(SharedAddress address) throws IOException {
        return switch (address) {
            case SharedAddress.Tcp tcp -> tcp;
            case SharedAddress.Unix unix -> new SharedAddress.Unix(unix.socket().toRealPath());
        };
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

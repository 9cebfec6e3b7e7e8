package dev.keyhole.gateway.launch.process;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Connects to what an OS user listens on. The owner is looked up before the connect and again after it: a port that
 * changes hands in between is caught by the second look, and nothing was sent yet.
 */
final class OwnPorts {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final long uid;

    OwnPorts(long uid) {
        this.uid = uid;
    }

    /** On the loopback of this process. */
    Optional<SocketChannel> connectHere(int port) throws IOException {
        return connect(port, new LoopbackListeners(Path.of("/proc/thread-self/net")));
    }

    /** On the loopback of another process, inside its network namespace. Needs its rights over namespaces. */
    Optional<SocketChannel> connectInside(ProcessEntry process, int port) throws IOException {
        var tables = new LoopbackListeners(Path.of("/proc/" + process.pid() + "/net"));
        return NetworkNamespace.of(process).inside(() -> connect(port, tables));
    }

    private Optional<SocketChannel> connect(int port, LoopbackListeners listeners)
            throws IOException {
        Optional<InetSocketAddress> address = listeners.listener(port, uid);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        SocketChannel socket = SocketChannel.open(family(address.get().getAddress()));
        boolean kept = false;
        try {
            // A listener that accepts nothing would hold a connect for ever.
            socket.socket().connect(address.get(), (int) PATIENCE.toMillis());
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            kept = listeners.listener(port, uid).isPresent();
            return kept ? Optional.of(socket) : Optional.empty();
        } finally {
            if (!kept) {
                socket.close();
            }
        }
    }

    private static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }
}

package dev.keyhole.gateway.ssh.hop;

import dev.keyhole.gateway.ssh.StreamSocket;
import dev.keyhole.gateway.ssh.Timers;
import dev.keyhole.gateway.workspace.SshHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/** Connects to where a host listens, under a deadline of ours: the kernel's takes minutes. Keeps no state. */
final class HostSocket {
    private HostSocket() {}

    /** @throws IOException with a reason for people; nothing is left open then */
    static StreamSocket connect(SshHost.Place place, Timers timers, Duration patience)
            throws IOException {
        SocketChannel socket =
                switch (place) {
                    case SshHost.Place.Socket unix ->
                            SocketChannel.open(StandardProtocolFamily.UNIX);
                    case SshHost.Place.Tcp tcp -> SocketChannel.open();
                };
        Runnable callOff = timers.after(patience, () -> close(socket));
        boolean connected = false;
        try {
            connect(socket, place);
            StreamSocket stream = new StreamSocket(socket);
            connected = true;
            return stream;
        } catch (UnresolvedAddressException e) {
            throw new IOException("no name server knows it", e);
        } catch (AsynchronousCloseException e) {
            throw new IOException("no answer within " + patience.toSeconds() + " s", e);
        } finally {
            callOff.run();
            if (!connected) {
                close(socket);
            }
        }
    }

    private static void connect(SocketChannel socket, SshHost.Place place) throws IOException {
        switch (place) {
            case SshHost.Place.Socket(var path) -> socket.connect(UnixDomainSocketAddress.of(path));
            case SshHost.Place.Tcp(String name, int port) -> {
                socket.connect(new InetSocketAddress(name, port));
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
        }
    }

    private static void close(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it was not open, then
        }
    }
}

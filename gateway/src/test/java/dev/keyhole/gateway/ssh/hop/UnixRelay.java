package dev.keyhole.gateway.ssh.hop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A unix socket whose connections go on to a TCP port of loopback. */
record UnixRelay(Path socket, ServerSocketChannel server) implements AutoCloseable {
    UnixRelay(Path socket, int port) throws IOException {
        this(socket, ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> serve(port));
    }

    private void serve(int port) {
        while (server.isOpen()) {
            try {
                SocketChannel near = server.accept();
                SocketChannel far =
                        SocketChannel.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                Thread.ofVirtual().start(() -> carry(near, far));
                Thread.ofVirtual().start(() -> carry(far, near));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void carry(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // one of them is gone, so both are
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package dev.keyhole.system.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Something on loopback that an operator shares: it sends back what it gets. */
final class EchoServer implements AutoCloseable {
    private final ServerSocket server;

    EchoServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket visitor = server.accept();
                Thread.ofVirtual().start(() -> echo(visitor));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void echo(Socket visitor) {
        try (visitor) {
            visitor.getInputStream().transferTo(visitor.getOutputStream());
        } catch (IOException e) {
            // the visitor is gone
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.keyhole.system.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Something on loopback that an operator shares: it takes so many bytes, then gives so many, then goes. */
final class CountedServer implements AutoCloseable {
    private final ServerSocket server;
    private final int takes;
    private final int gives;

    CountedServer(int takes, int gives) {
        this.takes = takes;
        this.gives = gives;
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
                Thread.ofVirtual().start(() -> exchange(visitor));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void exchange(Socket visitor) {
        try (visitor) {
            if (visitor.getInputStream().readNBytes(takes).length == takes) {
                visitor.getOutputStream().write(new byte[gives]);
            }
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

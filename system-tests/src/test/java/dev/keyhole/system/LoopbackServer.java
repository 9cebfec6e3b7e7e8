package dev.keyhole.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Something on loopback that an operator shares. */
public final class LoopbackServer implements AutoCloseable {
    /** What it does with a connection, which is closed afterwards. */
    public interface Visit {
        void with(Socket visitor) throws IOException;
    }

    private final ServerSocket server;
    private final Visit visit;

    public LoopbackServer(Visit visit) {
        this.visit = visit;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket visitor = server.accept();
                Thread.ofVirtual().start(() -> receive(visitor));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void receive(Socket visitor) {
        try (visitor) {
            visit.with(visitor);
        } catch (IOException e) {
            // the visitor is gone
        }
    }

    /** One that sends back what it gets. */
    public static LoopbackServer echo() {
        return new LoopbackServer(
                visitor -> visitor.getInputStream().transferTo(visitor.getOutputStream()));
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

package dev.keyhole.system.flood;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** TCP connections of somebody who never logs in, each from the same address of loopback. Not thread-safe. */
final class Strangers implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;

    private final InetAddress from;
    private final InetSocketAddress door;
    private final List<Socket> sockets = new ArrayList<>();

    /** @param from such as 127.0.0.66 */
    Strangers(String from, int port) {
        this.from = InetAddress.ofLiteral(from);
        this.door = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    /** One more connection, on which these bytes are sent. */
    Socket connect(byte[] first) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(door, PATIENCE_MILLIS);
            socket.getOutputStream().write(first);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        sockets.add(socket);
        return socket;
    }

    /** How many connections came about of as many as were wanted. */
    int connect(int count, byte[] first) {
        int connected = 0;
        for (int number = 0; number < count; number++) {
            try {
                connect(first);
                connected++;
            } catch (IOException e) {
                // turned away
            }
        }
        return connected;
    }

    /** How long until the door greets a new connection; longer than the patience where it never does. */
    Duration untilGreeted() throws IOException {
        long began = System.nanoTime();
        try (Socket socket = connect(new byte[0])) {
            sockets.remove(socket);
            byte[] greeting = socket.getInputStream().readNBytes(4);
            boolean greeted = new String(greeting, US_ASCII).equals("SSH-");
            return greeted ? Duration.ofNanos(System.nanoTime() - began) : Duration.ofDays(1);
        } catch (SocketTimeoutException e) {
            return Duration.ofDays(1);
        }
    }

    /** How many of them the door has not closed. */
    int open() {
        return (int) sockets.stream().filter(Strangers::isOpen).count();
    }

    /** Waits until the door has closed all of them; then there are none. */
    void awaitClosed() throws IOException {
        for (Socket socket : sockets) {
            try {
                while (socket.getInputStream().read() >= 0) {
                    // whatever it says
                }
            } catch (SocketTimeoutException e) {
                throw new AssertionError("The door keeps " + socket, e);
            } catch (IOException e) {
                // a reset is an end too
            }
        }
        close();
    }

    private static boolean isOpen(Socket socket) {
        try {
            socket.setSoTimeout(1);
            byte[] bytes = new byte[4096];
            int read;
            do {
                read = socket.getInputStream().read(bytes);
            } while (read > 0);
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends all of them by a reset, as somebody does who keeps no state. */
    void reset() throws IOException {
        for (Socket socket : sockets) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        }
        close();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }
}

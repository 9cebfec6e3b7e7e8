package dev.keyhole.gateway.syslog;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import jdk.net.ExtendedSocketOptions;

/** One connection to a receiver, of which nothing is read. Used by one thread; nothing blocks for longer than its limit. */
final class Connection implements Closeable {
    private static final Duration UNTIL_OPEN = Duration.ofSeconds(10);
    private static final Duration UNTIL_TAKEN = Duration.ofSeconds(30);

    /** Firewalls forget a silent connection, and a machine that is gone says nothing. */
    private static final int SILENT_SECONDS = 60;

    private final ScheduledExecutorService limits;
    private final Socket raw;
    private final Socket socket; // the same, or TLS on top of it

    private Connection(ScheduledExecutorService limits, Socket raw, Socket socket) {
        this.limits = limits;
        this.raw = raw;
        this.socket = socket;
    }

    /**
     * Connects; with TLS nothing was sent before it is clear who answers.
     *
     * @param limits runs what cuts a call short that takes too long
     * @throws IOException with words for an operator
     */
    static Connection open(Receiver receiver, ScheduledExecutorService limits) throws IOException {
        Socket raw = new Socket();
        ScheduledFuture<?> limit = limits.schedule(() -> abort(raw), millis(UNTIL_OPEN), MILLIS);
        try {
            raw.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            raw.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, SILENT_SECONDS);
            raw.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, SILENT_SECONDS / 3);
            raw.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
            raw.connect(address(receiver), (int) millis(UNTIL_OPEN));
            Socket socket = receiver.tls().isPresent() ? tls(receiver, raw) : raw;
            socket.setSoTimeout(1);
            return new Connection(limits, raw, socket);
        } catch (IOException e) {
            raw.close();
            throw new IOException(words(e), e);
        } finally {
            limit.cancel(false);
        }
    }

    private static final TimeUnit MILLIS = TimeUnit.MILLISECONDS;

    private static long millis(Duration time) {
        return time.toMillis();
    }

    private static InetSocketAddress address(Receiver receiver) throws IOException {
        InetSocketAddress address = new InetSocketAddress(receiver.host(), receiver.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(receiver.host());
        }
        return address;
    }

    /** The rules of HTTPS (RFC 9525) for names; they are what RFC 5425, section 5.2, asks for. */
    private static SSLSocket tls(Receiver receiver, Socket raw) throws IOException {
        SSLSocketFactory factory = receiver.tls().orElseThrow();
        SSLSocket socket =
                (SSLSocket) factory.createSocket(raw, receiver.name(), receiver.port(), true);
        SSLParameters rules = socket.getSSLParameters();
        rules.setEndpointIdentificationAlgorithm("HTTPS");
        rules.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(rules);
        socket.setSoTimeout((int) millis(UNTIL_OPEN));
        socket.startHandshake();
        return socket;
    }

    private static String words(IOException e) {
        return switch (e) {
            case UnknownHostException unknown -> "there is no address for " + unknown.getMessage();
            case ConnectException refused -> "nobody takes the connection: " + refused.getMessage();
            case SocketTimeoutException slow -> "no answer within " + UNTIL_OPEN.toSeconds() + " s";
            case SSLException wrong ->
                    "its certificate or its TLS is refused: " + wrong.getMessage();
            default -> String.valueOf(e.getMessage());
        };
    }

    /** @throws IOException when the other end has ended it */
    void requireOpen() throws IOException {
        try {
            if (socket.getInputStream().read() < 0) {
                throw new IOException("it ended the connection");
            }
        } catch (SocketTimeoutException e) {
            // as it should be: a receiver says nothing
        }
    }

    /** Returns when the kernel has all of it. */
    void send(byte[] frames) throws IOException {
        ScheduledFuture<?> limit = limits.schedule(() -> abort(raw), millis(UNTIL_TAKEN), MILLIS);
        try {
            socket.getOutputStream().write(frames);
            socket.getOutputStream().flush();
        } finally {
            limit.cancel(false);
        }
    }

    /** Bytes that the other kernel has not confirmed. */
    long unacknowledged() {
        return Unacknowledged.bytes(raw);
    }

    /**
     * Ends our side and waits for the end of the other: who ends a connection in order has read everything.
     *
     * @return whether it did, within that time
     */
    boolean finish(Duration patience) {
        ScheduledFuture<?> limit = limits.schedule(() -> abort(raw), millis(patience), MILLIS);
        try {
            socket.setSoTimeout((int) millis(patience));
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                // nothing that it says matters
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            limit.cancel(false);
            close();
        }
    }

    /** The lower socket: closing TLS waits for a write that hangs. */
    private static void abort(Socket raw) {
        try {
            raw.setOption(StandardSocketOptions.SO_LINGER, 0);
            raw.close();
        } catch (IOException e) {
            // it is gone already
        }
    }

    @Override
    public void close() {
        abort(raw);
    }
}

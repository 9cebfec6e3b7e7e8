package dev.keyhole.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a service one question through the tunnel, as a browser would. Blocks until it is answered. */
final class ServiceProbe {
    /** How a service answered. */
    sealed interface Answer {
        /** An HTTP status. */
        record Status(int status) implements Answer {}

        /** It speaks, but not HTTP. */
        record OtherProtocol() implements Answer {}

        /** The connection was closed or reset before a byte came. */
        record Closed() implements Answer {}

        /** Connected, and silent for the whole time. */
        record Silent() implements Answer {}
    }

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})");
    private static final int STATUS_LINE_LENGTH = "HTTP/1.1 200".length();

    private ServiceProbe() {}

    static Answer ask(Forward forward, Duration most) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), forward.local()),
                    2000);
            socket.setSoTimeout(Math.toIntExact(most.toMillis()));
            String question =
                    "GET "
                            + forward.service().probePath()
                            + " HTTP/1.1\r\nHost: localhost:"
                            + forward.local()
                            + "\r\nConnection: close\r\nAccept: */*\r\n\r\n";
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            return read(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            return new Answer.Silent();
        } catch (IOException e) {
            return new Answer.Closed();
        }
    }

    private static Answer read(InputStream in) throws IOException {
        byte[] start = in.readNBytes(STATUS_LINE_LENGTH);
        Matcher status = STATUS_LINE.matcher(new String(start, StandardCharsets.ISO_8859_1));
        if (status.matches()) {
            return new Answer.Status(Integer.parseInt(status.group(1)));
        }
        return start.length == 0 ? new Answer.Closed() : new Answer.OtherProtocol();
    }

    /** Whether this answer means that the service is ready to be used. */
    static boolean isReady(Service service, Answer answer) {
        return switch (answer) {
            case Answer.Status(int status) ->
                    !service.isWellKnown() || (status >= 200 && status < 400);
            case Answer.OtherProtocol() -> !service.isWellKnown();
            case Answer.Closed(), Answer.Silent() -> false;
        };
    }
}

package dev.keyhole.gateway.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads octet-counted messages as a receiver does. */
final class ReadFrames {
    private final InputStream in;

    ReadFrames(InputStream in) {
        this.in = in;
    }

    /** Empty at the end. */
    Optional<String> next() throws IOException {
        int length = 0;
        int c = in.read();
        while (c >= '0' && c <= '9') {
            length = 10 * length + c - '0';
            c = in.read();
        }
        if (c < 0) {
            return Optional.empty();
        }
        if (c != ' ') {
            throw new IOException("no length before a message");
        }
        byte[] message = in.readNBytes(length);
        return message.length < length ? Optional.empty() : Optional.of(new String(message, UTF_8));
    }
}

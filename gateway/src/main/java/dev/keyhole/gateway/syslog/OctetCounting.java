package dev.keyhole.gateway.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/**
 * Puts messages one behind the other, each behind its length, so that no text of a message can end it: RFC 6587, section
 * 3.4.1, on TCP, and RFC 5425, section 4.3, on TLS. Used by one thread.
 */
final class OctetCounting {
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();

    void add(byte[] message) {
        frames.writeBytes((message.length + " ").getBytes(US_ASCII));
        frames.writeBytes(message);
    }

    int size() {
        return frames.size();
    }

    byte[] bytes() {
        return frames.toByteArray();
    }
}

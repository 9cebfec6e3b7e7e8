package dev.keyhole.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Whatever a door that fell into wrong hands asks of the broker, and whatever either end of a command sends. */
public final class RequestsFuzz {
    private RequestsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String line = new String(data, UTF_8);
        if (Request.parse(line).isPresent() && line.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("a control character in a request");
        }
        if (data.length > 0) {
            Frame.parse((char) data[0], ByteBuffer.wrap(data, 1, data.length - 1).slice());
        }
    }
}

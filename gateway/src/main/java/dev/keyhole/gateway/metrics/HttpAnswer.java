package dev.keyhole.gateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.control.numbers.Check;
import dev.keyhole.gateway.control.numbers.Condition;
import java.nio.ByteBuffer;

/**
 * An answer of HTTP/1.1 (RFC 9112), whole.
 *
 * @param status with its words, such as {@code 200 OK}
 * @param type of the body
 */
record HttpAnswer(String status, String type, String body) {
    private static final String PLAIN = "text/plain; charset=utf-8";

    static final HttpAnswer NOT_FOUND =
            plain("404 Not Found", "There are /metrics and /healthz.\n");
    static final HttpAnswer METHOD_NOT_ALLOWED =
            plain("405 Method Not Allowed", "Only GET is answered.\n");
    static final HttpAnswer TOO_SLOW =
            plain("408 Request Timeout", "The request did not come in time.\n");
    static final HttpAnswer TOO_LARGE =
            plain(
                    "431 Request Header Fields Too Large",
                    "A request has " + HttpRequest.LONGEST + " bytes at most.\n");
    static final HttpAnswer BAD = plain("400 Bad Request", "That was no request of HTTP/1.1.\n");
    static final HttpAnswer NO_BODY =
            plain("413 Content Too Large", "A request here has no body.\n");

    private static HttpAnswer plain(String status, String body) {
        return new HttpAnswer(status, PLAIN, body);
    }

    static HttpAnswer metrics(String text) {
        return new HttpAnswer("200 OK", "text/plain; version=0.0.4; charset=utf-8", text);
    }

    /** Names and codes; what was seen in detail is for {@code keyhole health}. */
    static HttpAnswer health(Condition condition) {
        StringBuilder body = new StringBuilder(condition.well() ? "ok\n" : "problem\n");
        for (Check check : condition.checks()) {
            body.append(check.name()).append(' ').append(check.verdict().word());
            check.code().ifPresent(code -> body.append(' ').append(code));
            body.append('\n');
        }
        return plain(condition.well() ? "200 OK" : "503 Service Unavailable", body.toString());
    }

    /** @param last whether the connection ends after it */
    ByteBuffer bytes(boolean last) {
        byte[] content = body.getBytes(UTF_8);
        String head =
                "HTTP/1.1 "
                        + status
                        + "\r\nContent-Type: "
                        + type
                        + "\r\nContent-Length: "
                        + content.length
                        + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
                        + (this.equals(METHOD_NOT_ALLOWED) ? "Allow: GET\r\n" : "")
                        + (last ? "Connection: close\r\n" : "")
                        + "\r\n";
        byte[] start = head.getBytes(UTF_8);
        return ByteBuffer.allocate(start.length + content.length).put(start).put(content).flip();
    }
}

package dev.keyhole.gateway.metrics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** One connection: a request, its answer, the next one, each bounded in size and time. Everything on one thread. */
final class Scrapes {
    private static final String END = "\r\n\r\n";
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int MOST_THROWN_AWAY = 64 * 1024;

    private final TimedChannel channel;
    private final Patience patience;
    private final Function<String, HttpAnswer> answers;
    private final ByteBuffer buffer = ByteBuffer.allocate(HttpRequest.LONGEST);

    /** @param answers for the path of a GET */
    Scrapes(TimedChannel channel, Patience patience, Function<String, HttpAnswer> answers) {
        this.channel = channel;
        this.patience = patience;
        this.answers = answers;
    }

    /** Answers until the other side has no more to ask, or breaks a rule, or has had its time. */
    void run() throws IOException {
        long end = in(patience.life());
        boolean more = true;
        while (more) {
            more = awaitFirstByte() && exchange(end);
        }
    }

    private boolean awaitFirstByte() throws IOException {
        return buffer.position() > 0 || channel.read(buffer, in(patience.pause())) > 0;
    }

    /** Whether another request may follow. */
    private boolean exchange(long end) throws IOException {
        long deadline = in(patience.request());
        int length = headLength();
        while (length < 0) {
            if (!buffer.hasRemaining()) {
                return last(HttpAnswer.TOO_LARGE);
            }
            int count = channel.read(buffer, deadline);
            if (count < 0) {
                return false;
            }
            if (count == 0) {
                return last(HttpAnswer.TOO_SLOW);
            }
            length = headLength();
        }
        Optional<HttpRequest> request = HttpRequest.parse(taken(length));
        if (request.isEmpty()) {
            return last(HttpAnswer.BAD);
        }
        if (request.get().hasBody()) {
            return last(HttpAnswer.NO_BODY);
        }
        boolean more = !request.get().closes() && System.nanoTime() - end < 0;
        HttpAnswer answer =
                request.get().method().equals("GET")
                        ? answers.apply(request.get().path())
                        : HttpAnswer.METHOD_NOT_ALLOWED;
        return channel.write(answer.bytes(!more), in(patience.request())) && more;
    }

    private boolean last(HttpAnswer answer) throws IOException {
        if (channel.write(answer.bytes(true), in(patience.request()))) {
            channel.end();
            throwAway();
        }
        return false;
    }

    /** What a client still sends: closing over it would make the kernel tell it of a broken connection, not of our answer. */
    private void throwAway() throws IOException {
        long deadline = in(LINGER);
        int left = MOST_THROWN_AWAY;
        for (int count = 1; count > 0 && left > 0; left -= count) {
            buffer.clear();
            count = channel.read(buffer, deadline);
        }
    }

    /** Of what has come so far; -1 while the empty line is missing. */
    private int headLength() {
        return seen().indexOf(END);
    }

    private String seen() {
        return new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
    }

    /** Takes a request away; what follows it stays for the next one. */
    private String taken(int length) {
        String head = seen().substring(0, length);
        buffer.flip().position(length + END.length());
        buffer.compact();
        return head;
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}

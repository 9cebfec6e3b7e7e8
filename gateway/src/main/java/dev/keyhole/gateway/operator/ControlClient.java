package dev.keyhole.gateway.operator;

import dev.keyhole.wire.ExitStatus;
import dev.keyhole.wire.Json;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The other end of the control socket: one request, one answer. Used by one thread. */
public final class ControlClient {
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;
    private static final JsonReader JSON = new JsonReader(LONGEST_ANSWER);

    /**
     * How a request ended.
     *
     * @param text for a person
     * @param document for {@code --json}, one line
     */
    public record Reply(ExitStatus status, String text, String document) {}

    /** Told what comes before the answer. */
    public interface Listener {
        /** A step that begins. */
        void progress(String text);

        /** One line of a stream. */
        void line(String text);
    }

    private final Path socket;

    public ControlClient(Path socket) {
        this.socket = socket;
    }

    /**
     * Asks and waits for the answer, however long that takes.
     *
     * @param request {@code verb} and its fields
     * @throws java.net.ConnectException when nobody listens there
     * @throws IOException when the door ends before it has answered
     */
    public Reply ask(Map<String, ?> request, Listener listener) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            BoundedLines lines = new BoundedLines(channel, LONGEST_ANSWER);
            try {
                lines.write(Json.write(request));
            } catch (IOException e) {
                // a refusal may have come before we could ask; it is read below
            }
            return answer(lines, listener);
        } catch (NotJson e) {
            throw new IOException("The door's answer was not understood: " + e.getMessage(), e);
        }
    }

    private static Reply answer(BoundedLines lines, Listener listener) throws IOException, NotJson {
        for (Optional<String> line = lines.read(); line.isPresent(); line = lines.read()) {
            Map<String, @Nullable Object> members = JSON.object(line.get());
            say(members.get("progress"), listener::progress);
            say(members.get("line"), listener::line);
            if (members.get("status") instanceof Long status) {
                return new Reply(
                        status(status),
                        String.valueOf(members.get("text")),
                        Json.write(members.get("document")));
            }
        }
        throw new IOException("the door ended before it had answered");
    }

    private static void say(@Nullable Object text, Consumer<String> to) {
        if (text instanceof String words) {
            to.accept(words);
        }
    }

    private static ExitStatus status(long number) {
        return Arrays.stream(ExitStatus.values())
                .filter(status -> status.number() == number)
                .findFirst()
                .orElse(ExitStatus.FAILED);
    }
}

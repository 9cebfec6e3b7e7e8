package dev.keyhole.gateway.launch.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers on a unix socket as a real engine once did, and remembers what it was asked. Requests are named without version
 * and query: {@code POST /containers/create}.
 */
final class RecordedEngine implements AutoCloseable {
    private record Answer(int status, String body) {}

    private record Asked(String request, String body) {}

    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> deeds = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    RecordedEngine(Path directory) throws IOException {
        socket = directory.resolve("s");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        answer("GET /version", 200, "{\"ApiVersion\":\"1.41\"}");
        Thread.ofVirtual().start(this::serve);
    }

    /** From now on; whatever has no answer is not found. */
    RecordedEngine answer(String request, int status, String body) {
        answers.put(request, new Answer(status, body));
        return this;
    }

    /** What happens at such a request, before it is answered. */
    void whenAsked(String request, Runnable deed) {
        deeds.put(request, deed);
    }

    Path socket() {
        return socket;
    }

    /** All that was asked so far. */
    List<String> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    /** The body of the last such request. */
    String body(String request) {
        return asked.stream()
                .filter(one -> one.request().equals(request))
                .toList()
                .getLast()
                .body();
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                Thread.ofVirtual().start(() -> converse(channel));
            }
        } catch (IOException e) {
            // Closed: that is the end.
        }
    }

    private void converse(SocketChannel channel) {
        try (channel) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            for (String first = line(in); !first.isEmpty(); first = line(in)) {
                String[] words = first.split(" ");
                String path =
                        words[1].replaceFirst("^/v[0-9.]+", "")
                                .replaceFirst("\\?.*", "")
                                .replace("%2F", "/");
                String request = words[0] + " " + path;
                asked.add(new Asked(request, body(in)));
                deeds.getOrDefault(request, () -> {}).run();
                Answer answer =
                        answers.getOrDefault(request, new Answer(404, "{\"message\":\"none\"}"));
                byte[] body = answer.body().getBytes(UTF_8);
                String head =
                        "HTTP/1.1 "
                                + answer.status()
                                + " X\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n";
                channel.write(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
                channel.write(ByteBuffer.wrap(body));
            }
        } catch (IOException e) {
            // The client left.
        }
    }

    private static String body(InputStream in) throws IOException {
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            chunked |= lower.equals("transfer-encoding: chunked");
            if (lower.startsWith("content-length: ")) {
                length = Integer.parseInt(lower.substring("content-length: ".length()));
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(in.readNBytes(length));
        while (chunked) {
            int size = Integer.parseInt(line(in), 16);
            body.writeBytes(in.readNBytes(size));
            line(in);
            chunked = size > 0;
        }
        return body.toString(UTF_8);
    }

    /** Without its end; empty at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

package dev.keyhole.gateway.launch.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Activity;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.RunningService;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketProbeTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";

    @TempDir private Path directory;

    private final SocketProbe probe = new SocketProbe(Duration.ofMillis(300));

    @Test
    void aServiceThatSays200Answers() throws IOException {
        try (var server =
                serve(request ->
                        request.startsWith("GET /api HTTP/1.1\r\nHost: localhost\r\n") ? OK : "")) {
            assertThat(probe.answers(service())).isTrue();
        }
    }

    @Test
    void aServiceThatFailsDoesNot() throws IOException {
        try (var server = serve(request -> "HTTP/1.1 503 Service Unavailable\r\n\r\n")) {
            assertThat(probe.answers(service())).isFalse();
        }
    }

    @Test
    void neitherDoesOneThatSpeaksSomethingElse() throws IOException {
        try (var server = serve(request -> "SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
            assertThat(probe.answers(service())).isFalse();
        }
    }

    @Test
    void aSocketThatNobodyListensOnDoesNotAnswer() {
        assertThat(probe.answers(service())).isFalse();
        assertThat(probe.activity(service())).isEqualTo(Activity.UNKNOWN);
    }

    @Test
    void aServiceThatKeepsSilentIsNotWaitedForLongerThanThePatience() throws IOException {
        try (var silent = bind()) {
            long start = System.nanoTime();

            assertThat(probe.answers(service())).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void kernelsTerminalsAndConnectionsAreCounted() throws IOException {
        try (var server = serve(SocketProbeTest::jupyter)) {
            assertThat(probe.activity(service())).isEqualTo(new Activity(1, 2, 3, true));
        }
    }

    private static String jupyter(String request) {
        return OK
                + switch (request.split("[ ?]")[1]) {
                    case "/api/kernels" ->
                            """
                            [{"id": "1", "name": "\\"execution_state\\": \\"busy\\"", "execution_state": "busy"},
                             {"id": "2", "execution_state": "idle"}]
                            """;
                    case "/api/terminals" ->
                            """
                            [{"name": "1", "last_activity": "x"}, {"name": "2", "last_activity": "y"}]
                            """;
                    default -> "{\"connections\": 3, \"kernels\": 2}";
                };
    }

    private RunningService service() {
        var endpoint = new Endpoint.Unix(directory.resolve("s"), "ada");
        return new RunningService(Workshop.ADA, ServiceName.JUPYTER, 1, 1, endpoint);
    }

    private ServerSocketChannel bind() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(directory.resolve("s")));
    }

    private ServerSocketChannel serve(Function<String, String> answer) throws IOException {
        ServerSocketChannel server = bind();
        Thread.startVirtualThread(() -> {
            while (server.isOpen()) {
                try (SocketChannel connection = server.accept()) {
                    ByteBuffer request = ByteBuffer.allocate(1024);
                    connection.read(request);
                    String text = new String(request.array(), 0, request.position(), US_ASCII);
                    connection.write(ByteBuffer.wrap(answer.apply(text).getBytes(US_ASCII)));
                } catch (IOException e) {
                    return; // the test is over
                }
            }
        });
        return server;
    }
}

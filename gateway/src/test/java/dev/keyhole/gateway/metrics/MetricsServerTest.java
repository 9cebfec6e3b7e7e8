package dev.keyhole.gateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.gateway.control.numbers.Condition;
import dev.keyhole.gateway.control.numbers.SampleNumbers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsServerTest {
    private static final Patience USUAL = Patience.USUAL;

    @TempDir private Path directory;
    private Condition condition = SampleNumbers.well();
    private MetricsServer server;

    @BeforeEach
    void open() throws IOException {
        listen(USUAL);
    }

    private void listen(Patience patience) throws IOException {
        server =
                MetricsServer.open(
                        directory.resolve("m"),
                        () -> SampleNumbers.of(condition),
                        numbers -> "keyhole_sessions " + numbers.door().sessions() + "\n",
                        patience);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aScrapeGetsTheTextOfTheNumbers() throws IOException {
        assertThat(ask("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
                .contains("Content-Length: 19\r\n")
                .endsWith("\r\n\r\nkeyhole_sessions 3\n");
    }

    @Test
    void healthIsAStatusThatLoadBalancersUnderstandWithCodes() throws IOException {
        assertThat(ask("GET /healthz HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\nok\naudit ok\ndisk ok\n");
        condition = SampleNumbers.troubled();
        assertThat(ask("GET /healthz HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                .endsWith("\r\n\r\nproblem\naudit ok\ndisk problem DISK_LOW\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, 404",
        "GET /metrics/ HTTP/1.1, 404",
        "GET /../metrics HTTP/1.1, 404",
        "GET /metrics?x=1 HTTP/1.1, 200",
        "HEAD /metrics HTTP/1.1, 405",
        "POST /metrics HTTP/1.1, 405",
        "DELETE /nothing HTTP/1.1, 405",
        "GET metrics HTTP/1.1, 400",
        "GET http://x/metrics HTTP/1.1, 400",
        "get /metrics HTTP/1.1, 400",
        "GET /metrics HTTP/2.0, 400",
        "GET /metrics, 400",
        "SSH-2.0-OpenSSH_9.2, 400",
    })
    void onlyAGetOfTwoPathsIsAnswered(String line, int status) throws IOException {
        assertThat(ask(line + "\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 5", "Transfer-Encoding: chunked", "content-length: 00"})
    void aBodyEndsTheConnection(String field) throws IOException {
        assertThat(ask("GET /metrics HTTP/1.1\r\n" + field + "\r\n\r\nhello"))
                .startsWith("HTTP/1.1 413 ")
                .contains("Connection: close\r\n");
    }

    @Test
    void aHeadThatDoesNotEndIsCutAtItsLimit() throws IOException {
        String endless = "GET /metrics HTTP/1.1\r\nX: " + "a".repeat(HttpRequest.LONGEST);
        assertThat(ask(endless)).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void manyScrapesShareAConnection() throws IOException {
        String one = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
        String last = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        assertThat(ask(one + one + last).split("keyhole_sessions 3\n", -1)).hasSize(4);
    }

    @Test
    void aRequestThatTricklesInIsGivenUpInTime() throws IOException {
        server.close();
        listen(new Patience(Duration.ofMillis(50), Duration.ofSeconds(10), Duration.ofHours(1)));
        assertThat(ask("GET /metr")).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void aConnectionOnWhichNothingIsAskedEnds() throws IOException {
        server.close();
        listen(new Patience(Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofHours(1)));
        assertThat(ask("")).isEmpty();
    }

    @Test
    void aConnectionIsNotForEver() throws IOException {
        server.close();
        listen(new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ZERO));
        assertThat(ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("Connection: close\r\n");
    }

    @Test
    void oneConnectionTooManyIsHungUpOnAndRoomComesBack() throws IOException {
        List<SocketChannel> held = new ArrayList<>();
        try {
            for (int i = 0; i < MetricsServer.MOST_CONNECTIONS; i++) {
                held.add(connect());
                send(held.getLast(), "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(held.getLast().read(ByteBuffer.allocate(1024))).isPositive();
            }
            assertThat(askOrNothing()).isEmpty();
        } finally {
            for (SocketChannel channel : held) {
                channel.close();
            }
        }
        await().until(() -> askOrNothing().startsWith("HTTP/1.1 200 "));
    }

    @Test
    void nobodyElseMayConnect() throws IOException {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve("m"))))
                .isEqualTo("rw-------");
    }

    private String askOrNothing() {
        try {
            return ask("GET /metrics HTTP/1.0\r\n\r\n");
        } catch (IOException e) {
            return ""; // hung up on before the request was out
        }
    }

    private String ask(String request) throws IOException {
        try (SocketChannel channel = connect()) {
            send(channel, request);
            ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
            while (channel.read(answer) >= 0) {
                // read to the end
            }
            return new String(answer.array(), 0, answer.position(), UTF_8);
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(directory.resolve("m")));
        return channel;
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

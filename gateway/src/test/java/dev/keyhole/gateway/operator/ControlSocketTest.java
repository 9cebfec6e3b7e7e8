package dev.keyhole.gateway.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditLog;
import dev.keyhole.gateway.control.operator.Registry;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    private static final long FUZZ_SEED = 20261123;
    private static final int FUZZED_LINES = 2_000;

    @TempDir private Path directory;

    private ControlServer server;

    @BeforeEach
    void open() throws IOException {
        server = ControlServer.open(new Registry().verbs, new Unwatched(), socket());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aRequestGetsItsAnswer() throws IOException {
        var steps = new ArrayList<String>();
        var reply = ask(Map.of("verb", "principal add", "name", "bob"), steps);

        assertThat(reply.status()).isEqualTo(ExitStatus.DONE);
        assertThat(reply.text()).startsWith("bob is added");
        assertThat(reply.document()).startsWith("{\"principal\":{\"name\":\"bob\"");
        assertThat(steps).isNotEmpty();
        assertThat(ask(Map.of("verb", "principal list"), steps).text()).contains("bob");
    }

    @Test
    void theSocketIsForItsOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
    }

    @Test
    void severalRequestsGoOverOneConnection() throws Exception {
        try (SocketChannel channel = connect()) {
            var lines = new BoundedLines(channel, 1 << 20);
            lines.write("{\"verb\":\"principal list\"}");
            assertThat(lines.read().orElseThrow()).startsWith("{\"status\":0,");
            lines.write("not json");
            assertThat(lines.read().orElseThrow())
                    .startsWith("{\"status\":2,")
                    .contains("REQUEST_INVALID");
            lines.write("{\"verb\":\"principal list\"}");
            assertThat(lines.read().orElseThrow()).startsWith("{\"status\":0,");
        }
    }

    @Test
    void aLineWithoutEndIsCutOff() throws Exception {
        try (SocketChannel channel = connect()) {
            ByteBuffer flood = ByteBuffer.allocate(64 * 1024);
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    channel.write(flood.clear());
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
        assertThat(ask(Map.of("verb", "principal list"), new ArrayList<>()).status())
                .isEqualTo(ExitStatus.DONE);
    }

    @Test
    void nothingThatComesOverTheSocketEndsTheDoor() throws Exception {
        Random random = new Random(FUZZ_SEED);
        for (int i = 0; i < FUZZED_LINES; i++) {
            try (SocketChannel channel = connect()) {
                var lines = new BoundedLines(channel, 1 << 20);
                ByteBuffer line = ByteBuffer.wrap(fuzzed(random));
                channel.write(line);
                channel.shutdownOutput();
                for (var answer = lines.read(); answer.isPresent(); answer = lines.read()) {
                    assertThat(answer.get()).startsWith("{").doesNotContain("Exception");
                }
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?s).*(reset|Broken pipe|closed).*");
            }
        }
        assertThat(ask(Map.of("verb", "principal list"), new ArrayList<>()).text())
                .contains("no principals");
    }

    /** Real requests with bytes changed, cut or doubled, and plain noise. */
    private static byte[] fuzzed(Random random) {
        byte[] line =
                """
                {"verb":"principal set","name":"bob","shell":true,"limits":["memory=8GiB"],"x":[{"a":1.5e3}]}
                """
                        .getBytes(UTF_8);
        switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(line);
            case 1 -> line[random.nextInt(line.length)] = (byte) random.nextInt();
            case 2 -> line = java.util.Arrays.copyOf(line, random.nextInt(line.length));
            default -> {
                for (int i = 0; i < 5; i++) {
                    line[random.nextInt(line.length)] =
                            (byte) "{}[]\":,\\n0".charAt(random.nextInt(10));
                }
            }
        }
        return line;
    }

    private ControlClient.Reply ask(Map<String, ?> request, List<String> steps) throws IOException {
        return new ControlClient(socket())
                .ask(
                        request,
                        new ControlClient.Listener() {
                            @Override
                            public void progress(String text) {
                                steps.add(text);
                            }

                            @Override
                            public void line(String text) {
                                steps.add(text);
                            }
                        });
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
    }

    private Path socket() {
        return directory.resolve("s");
    }

    private static final class Unwatched implements AuditLog {
        @Override
        public void write(AuditEvent event) {}

        @Override
        public void record(AuditEvent event) {}

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public List<String> latest(PrincipalName principal, int limit) {
            return List.of();
        }
    }
}

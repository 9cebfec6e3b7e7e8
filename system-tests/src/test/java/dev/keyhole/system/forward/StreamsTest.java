package dev.keyhole.system.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bytes and ends of streams through a forward to a server of the principal's own. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class StreamsTest {
    private static final int SIZE = 64 << 20;
    private static final int DIGEST = 64; // hexadecimal digits
    private static final Duration IDLE = Duration.ofSeconds(40);

    @BeforeAll
    static void theWorkspaceRuns(Door door) {
        try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"))) {
            Ran.of(Duration.ofSeconds(60), "curl", "-sSf", tunnel.url("/api").toString()).orFail();
        }
    }

    /** An idle connection waits while 64 MiB go each way beside it, with new session keys every 4 MiB. */
    @Test
    void everyByteArrivesAcrossKeyExchangesAndAnIdleConnectionLives(Door door) throws IOException {
        long began = System.nanoTime();
        try (OwnServer first = OwnServer.of(door, "first");
                OwnServer exchange = OwnServer.of(door, "exchange");
                Tunnel quiet = door.ssh().tunnelTo(first.port());
                Tunnel busy =
                        door.ssh()
                                .with("-c", "aes128-gcm@openssh.com", "-o", "RekeyLimit=4M")
                                .tunnelTo(exchange.port());
                Socket idle = connect(quiet)) {
            assertThat(line(idle)).isEqualTo("welcome");

            exchangeBytes(busy);

            Awaitility.await("the idle time is over")
                    .atMost(IDLE.plusSeconds(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> System.nanoTime() - began > IDLE.toNanos());
            idle.getOutputStream().write("still here\n".getBytes(UTF_8));
            assertThat(line(idle)).isEqualTo("still here");
        }
    }

    private static void exchangeBytes(Tunnel tunnel) throws IOException {
        byte[] noise = new byte[SIZE];
        new Random(2).nextBytes(noise);
        try (Socket socket = connect(tunnel)) {
            CompletableFuture<Void> sent =
                    CompletableFuture.runAsync(() -> sendAndFinish(socket, noise));
            byte[] got = socket.getInputStream().readAllBytes();
            sent.join();
            assertThat(got).hasSize(SIZE + 2 * DIGEST);
            String digests = new String(got, SIZE, 2 * DIGEST, UTF_8);
            assertThat(digests).isEqualTo(sha256(noise, SIZE) + sha256(got, SIZE));
        }
    }

    private static void sendAndFinish(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aHalfClosedConnectionStillBringsALateAnswer(Door door) throws IOException {
        try (OwnServer late = OwnServer.of(door, "late");
                Tunnel tunnel = door.ssh().tunnelTo(late.port());
                Socket socket = connect(tunnel)) {
            byte[] question = "is anybody there?".getBytes(UTF_8);
            sendAndFinish(socket, question);
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).isEqualTo(sha256(question, question.length) + "\n");
        }
    }

    @Test
    void aServerThatIsNotThereIsAnsweredAtOnce(Door door) throws IOException {
        try (Tunnel tunnel = door.ssh().tunnelTo(Ports.free())) {
            long began = System.nanoTime();
            try (Socket socket = connect(tunnel)) {
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(2));
            Awaitility.await("ssh is told why")
                    .untilAsserted(() -> assertThat(tunnel.output()).contains("NOT_YOUR_LISTENER"));
        }
    }

    private static Socket connect(Tunnel tunnel) throws IOException {
        Socket socket = new Socket("127.0.0.1", tunnel.localPort());
        socket.setSoTimeout(120_000);
        return socket;
    }

    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            assertThat(c).as("after '" + line + "'").isNotNegative();
            line.append((char) c);
        }
        return line.toString();
    }

    private static String sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

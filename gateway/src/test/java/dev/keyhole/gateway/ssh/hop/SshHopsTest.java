package dev.keyhole.gateway.ssh.hop;

import static dev.keyhole.gateway.ssh.hop.Failing.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.workspace.ByteStream;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SshHopsTest {
    private static final int MUCH = 64 * 1024 * 1024;

    @TempDir Path directory;

    private final SshHops hops = new SshHops();
    private RealSshd sshd;

    @BeforeEach
    void start() throws Exception {
        sshd = new RealSshd(directory);
    }

    @AfterEach
    void stop() throws Exception {
        hops.close();
        sshd.close();
    }

    @Test
    void sixtyFourMebibytesGoBothWaysAtOnceUnchangedThroughManyKeyExchanges() throws Exception {
        assertMuchArrives(sshd.host());
    }

    @Test
    void theSameGoesThroughAUnixSocket() throws Exception {
        Path socket = directory.resolve("door.sock");
        try (UnixRelay relay = new UnixRelay(socket, sshd.port())) {
            SshHost tcp = sshd.host();
            assertMuchArrives(
                    new SshHost(
                            new SshHost.Place.Socket(relay.socket()),
                            tcp.user(),
                            tcp.hostKey(),
                            tcp.identity()));
        }
    }

    @Test
    void aSocketThatIsNotThereIsUnreachable() {
        SshHost tcp = sshd.host();
        assertFails(
                Code.HOST_UNREACHABLE,
                () ->
                        hops.connect(
                                new SshHost(
                                        new SshHost.Place.Socket(directory.resolve("none.sock")),
                                        tcp.user(),
                                        tcp.hostKey(),
                                        tcp.identity()),
                                "localhost",
                                1));
    }

    private void assertMuchArrives(SshHost host) throws Exception {
        byte[] up = random(1);
        byte[] down = random(2);
        try (ServerSocket server = listen()) {
            CompletableFuture<String> arrived =
                    CompletableFuture.supplyAsync(() -> serve(server, down));
            try (ByteStream stream = hops.connect(host, "localhost", server.getLocalPort())) {
                Thread sender = Thread.ofVirtual().start(() -> send(stream, up));
                assertThat(sha256(all(stream))).isEqualTo(sha256(down));
                sender.join();
                assertThat(arrived.get(30, TimeUnit.SECONDS)).isEqualTo(sha256(up));
            }
        }
    }

    @Test
    void whatAServiceSaysAfterOurEndStillArrives() throws Exception {
        try (ServerSocket server = listen();
                ByteStream stream = hops.connect(sshd.host(), "localhost", server.getLocalPort());
                Socket far = server.accept()) {
            stream.write(ByteBuffer.wrap("ask".getBytes(UTF_8)));
            stream.endOutput();
            assertThat(far.getInputStream().readAllBytes()).isEqualTo("ask".getBytes(UTF_8));
            far.getOutputStream().write("answer".getBytes(UTF_8));
            far.close();
            assertThat(new String(all(stream), UTF_8)).isEqualTo("answer");
        }
    }

    @Test
    void nothingListensThere() throws Exception {
        int port;
        try (ServerSocket server = listen()) {
            port = server.getLocalPort();
        }
        assertFails(Code.SERVICE_NOT_READY, () -> hops.connect(sshd.host(), "localhost", port));
    }

    @Test
    void manyForwardsShareOneLogin() throws Exception {
        try (ServerSocket server = listen()) {
            for (int i = 0; i < 20; i++) {
                hops.connect(sshd.host(), "localhost", server.getLocalPort());
            }
        }
        assertThat(java.nio.file.Files.readString(directory.resolve("sshd.log")))
                .containsOnlyOnce("Accepted publickey");
    }

    @Test
    void aHostWithAnotherKeyIsRefusedWithBothFingerprints() throws Exception {
        IdentityFile other = IdentityFile.loadOrMake(directory.resolve("other"), "other");
        SshHost wrong = sshd.host(other.publicLine(), sshd.identityFile());

        assertThatThrownBy(() -> hops.connect(wrong, "localhost", 1))
                .isInstanceOfSatisfying(
                        HopFailure.class,
                        failure -> {
                            assertThat(failure.refusal().code()).isEqualTo(Code.HOST_KEY_CHANGED);
                            assertThat(failure.refusal().text())
                                    .contains(other.fingerprint().value())
                                    .contains(sshd.hostKey().fingerprint().value());
                        });
    }

    @Test
    void aKeyThatIsNotAuthorizedIsRefused() throws Exception {
        Path stranger = directory.resolve("stranger");
        IdentityFile.loadOrMake(stranger, "stranger");

        assertFails(
                Code.HOST_LOGIN_REFUSED,
                () ->
                        hops.connect(
                                sshd.host(sshd.hostKey().publicLine(), stranger), "localhost", 1));
    }

    @Test
    void aHostThatIsNotThereIsUnreachable() throws Exception {
        sshd.stop();

        assertFails(Code.HOST_UNREACHABLE, () -> hops.connect(sshd.host(), "localhost", 1));
    }

    @Test
    void aHostThatGoesAwayEndsItsStreamsAndIsFoundAgainWhenItIsBack() throws Exception {
        try (ServerSocket server = listen()) {
            ByteStream before = hops.connect(sshd.host(), "localhost", server.getLocalPort());
            sshd.stop();
            assertThatThrownBy(() -> before.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(IOException.class);
            assertFails(
                    Code.HOST_UNREACHABLE,
                    () -> hops.connect(sshd.host(), "localhost", server.getLocalPort()));

            sshd.start();
            hops.connect(sshd.host(), "localhost", server.getLocalPort()).close();
        }
    }

    @Test
    void aHostThatIsFrozenIsNoticedAndItsStreamsEnd() throws Exception {
        try (SshHops impatient = new SshHops(Duration.ofMillis(300));
                ServerSocket server = listen();
                ByteStream stream =
                        impatient.connect(sshd.host(), "localhost", server.getLocalPort())) {
            sshd.freeze();
            assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(IOException.class);
            sshd.thaw();
            impatient.connect(sshd.host(), "localhost", server.getLocalPort()).close();
        }
    }

    @Test
    void aHostThatAcceptsAndSaysNothingIsGivenUpAfterTenSeconds() throws Exception {
        long begin = System.nanoTime();
        try (ServerSocket silent = listen()) {
            SshHost tcp = sshd.host();
            assertFails(
                    Code.HOST_UNREACHABLE,
                    () ->
                            hops.connect(
                                    new SshHost(
                                            new SshHost.Place.Tcp(
                                                    "127.0.0.1", silent.getLocalPort()),
                                            tcp.user(),
                                            tcp.hostKey(),
                                            tcp.identity()),
                                    "localhost",
                                    1));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(15));
    }

    @Test
    void closingAHopEndsWhatGoesThroughItAndTheNextUseLogsInAnew() throws Exception {
        try (ServerSocket server = listen()) {
            ByteStream stream = hops.connect(sshd.host(), "localhost", server.getLocalPort());
            hops.close(sshd.host());
            assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(IOException.class);
            hops.connect(sshd.host(), "localhost", server.getLocalPort()).close();
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    private static String serve(ServerSocket server, byte[] down) {
        try (Socket socket = server.accept()) {
            Thread sender =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    socket.getOutputStream().write(down);
                                    socket.shutdownOutput();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            String sum = sha256(socket.getInputStream().readAllBytes());
            sender.join();
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(ByteStream stream, byte[] bytes) {
        try {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                stream.write(left);
            }
            stream.endOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] all(ByteStream stream) throws IOException {
        var all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (stream.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toByteArray();
    }

    private static byte[] random(int seed) {
        byte[] bytes = new byte[MUCH];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

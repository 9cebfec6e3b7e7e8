package dev.keyhole.gateway.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionTest {
    private final ScheduledExecutorService limits = Executors.newSingleThreadScheduledExecutor();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket();
        server.setReceiveBufferSize(4_096);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        limits.shutdownNow();
    }

    @Test
    void whatTheOtherKernelHasNotConfirmedIsKnown() throws Exception {
        try (Connection connection = open();
                Socket peer = server.accept()) {
            assertThat(connection.unacknowledged()).isZero();
            byte[] much = new byte[64 * 1024];
            connection.send(much);
            assertThat(connection.unacknowledged()).isPositive();
            assertThat(peer.getInputStream().readNBytes(much.length)).hasSize(much.length);
            Awaitility.await("all is confirmed").until(() -> connection.unacknowledged() == 0);
        }
    }

    @Test
    void anEndOfTheOtherSideIsNoticedBeforeTheNextMessage() throws Exception {
        try (Connection connection = open()) {
            Socket peer = server.accept();
            connection.requireOpen();
            peer.close();
            Awaitility.await("it is noticed")
                    .untilAsserted(() ->
                            assertThatThrownBy(connection::requireOpen)
                                    .hasMessage("it ended the connection"));
        }
    }

    @Test
    void anOrderlyEndProvesThatEverythingWasRead() throws Exception {
        Connection connection = open();
        try (Socket peer = server.accept()) {
            connection.send(new byte[] {1, 2, 3});
            CountDownLatch read = new CountDownLatch(1);
            Thread reader = Thread.ofVirtual().start(() -> readAll(peer, read));
            assertThat(connection.finish(Duration.ofSeconds(10))).isTrue();
            read.await();
            reader.join();
        }
    }

    @Test
    void anEndThatTheOtherSideDoesNotAnswerProvesNothing() throws Exception {
        Connection connection = open();
        try (Socket deaf = server.accept()) {
            connection.send(new byte[] {1, 2, 3});
            assertThat(connection.finish(Duration.ofMillis(300))).isFalse();
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    @Test
    void aReceiverThatSpeaksNoTlsWhereItMustIsRefused() throws Exception {
        SSLSocketFactory tls = Authorities.trusting(Optional.empty());
        Receiver receiver =
                new Receiver("127.0.0.1", server.getLocalPort(), Optional.of(tls), "logs.example");
        CountDownLatch read = new CountDownLatch(1);
        Thread peer = Thread.ofVirtual().start(() -> sayNonsense(read));
        assertThatThrownBy(() -> Connection.open(receiver, limits))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("TLS is refused");
        read.await();
        peer.join();
    }

    private void sayNonsense(CountDownLatch read) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("no TLS here\n".getBytes(US_ASCII));
            readAll(socket, read);
        } catch (IOException e) {
            read.countDown(); // the other side ends it as it likes
        }
    }

    private static void readAll(Socket peer, CountDownLatch read) {
        try (peer) {
            peer.getInputStream().readAllBytes();
        } catch (IOException e) {
            // a reset is an end too
        } finally {
            read.countDown();
        }
    }

    private Connection open() throws IOException {
        return Connection.open(
                new Receiver("127.0.0.1", server.getLocalPort(), Optional.empty(), "127.0.0.1"),
                limits);
    }
}

package dev.keyhole.gateway.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.audit.AuditEvent;
import dev.keyhole.gateway.audit.AuditFile;
import dev.keyhole.gateway.audit.Outage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a receiver of TCP on loopback. */
@Timeout(60)
class SyslogTest {
    @TempDir private Path directory;

    private Audited audited;
    private AuditFile audit;

    @BeforeEach
    void openAudit() throws IOException {
        audited = new Audited(directory);
        audit = audited.open(0);
    }

    @AfterEach
    void closeAudit() throws IOException {
        audit.close();
    }

    @Test
    void whatIsWrittenArrivesAndIsRemembered() throws Exception {
        try (ServerSocket server = server(0);
                Syslog syslog = syslog(server.getLocalPort());
                Socket peer = server.accept()) {
            ReadFrames frames = new ReadFrames(peer.getInputStream());
            audit.write(new AuditEvent.DoorStopped("one"));
            assertThat(frames.next().orElseThrow()).contains("sequence=\"1\"");
            Awaitility.await("it has arrived").until(() -> syslog.arrivedUpTo() == 1);
            assertThat(syslog.use().sent()).isEqualTo(1);
            assertThat(syslog.use().behind()).isZero();
        }
    }

    @Test
    void whatHadNotArrivedWhenAConnectionBrokeIsSentAgain() throws Exception {
        try (ServerSocket server = server(0);
                Syslog syslog = syslog(server.getLocalPort())) {
            audit.write(new AuditEvent.DoorStopped("one"));
            try (Socket peer = server.accept()) {
                ReadFrames frames = new ReadFrames(peer.getInputStream());
                assertThat(frames.next().orElseThrow()).contains("sequence=\"1\"");
            }
            try (Socket peer = server.accept()) {
                ReadFrames frames = new ReadFrames(peer.getInputStream());
                assertThat(frames.next().orElseThrow()).contains("sequence=\"1\"");
                assertThat(frames.next().orElseThrow())
                        .contains("sequence=\"2\"")
                        .contains("syslog-unreachable");
            }
            assertThat(syslog.trouble()).isPresent();
        }
    }

    @Test
    void aTroubleIsSaidOnceAtItsBeginAndOnceAtItsEnd() throws Exception {
        int port;
        try (ServerSocket free = server(0)) {
            port = free.getLocalPort();
        }
        try (Syslog syslog = syslog(port)) {
            Awaitility.await("trouble").until(() -> syslog.trouble().isPresent());
            assertThat(syslog.trouble().orElseThrow()).contains("tcp://127.0.0.1:" + port);
            Awaitility.await("it is on disk").until(() -> syslog.use().behind() == 1);
            audit.write(new AuditEvent.DoorStopped("meanwhile"));
            Awaitility.await("it is counted what waits").until(() -> syslog.use().behind() == 2);
            try (ServerSocket server = server(port);
                    Socket peer = server.accept()) {
                ReadFrames frames = new ReadFrames(peer.getInputStream());
                assertThat(frames.next().orElseThrow()).contains(" syslog-unreachable ");
                assertThat(frames.next().orElseThrow()).contains("meanwhile");
                assertThat(frames.next().orElseThrow()).contains(" syslog-again ");
                assertThat(syslog.trouble()).isEmpty();
            }
        }
    }

    @Test
    void theNextDoorGoesOnWhereThisOneEnded() throws Exception {
        try (ServerSocket server = server(0)) {
            Syslog first = syslog(server.getLocalPort());
            audit.write(new AuditEvent.DoorStopped("one"));
            try (Socket peer = server.accept()) {
                Thread reader = Thread.ofVirtual().start(() -> readAll(peer));
                first.close();
                reader.join();
            }
            assertThat(first.arrivedUpTo()).isEqualTo(1);
            audit.write(new AuditEvent.DoorStopped("two"));
            try (Syslog second = syslog(server.getLocalPort());
                    Socket peer = server.accept()) {
                assertThat(new ReadFrames(peer.getInputStream()).next().orElseThrow())
                        .contains("sequence=\"2\"");
                assertThat(second.trouble()).isEmpty();
            }
        }
    }

    @Test
    void aReceiverThatReadsNothingDoesNotHoldUpTheEnd() throws Exception {
        try (ServerSocket server = server(0)) {
            for (int i = 0; i < 200; i++) {
                audit.write(new AuditEvent.DoorStopped("event " + i));
            }
            Syslog syslog = syslog(server.getLocalPort());
            try (Socket deaf = server.accept()) {
                Instant before = Clock.systemUTC().instant();
                syslog.close();
                assertThat(Duration.between(before, Clock.systemUTC().instant()))
                        .isLessThan(Duration.ofSeconds(4));
                assertThat(deaf.isConnected()).isTrue();
            }
            assertThat(syslog.arrivedUpTo()).isZero();
        }
    }

    private static void readAll(Socket peer) {
        try (peer) {
            peer.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ServerSocket server(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return server;
    }

    private Syslog syslog(int port) throws IOException {
        Receiver receiver = new Receiver("127.0.0.1", port, Optional.empty(), "127.0.0.1");
        Outage outage =
                new Outage(
                        receiver.toString(),
                        audit,
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                        reason -> new AuditEvent.SyslogUnreachable("it", reason),
                        since -> new AuditEvent.SyslogAgain("it", since));
        return Syslog.open(receiver, audited.source(), directory.resolve("syslog-place"), outage);
    }
}

package dev.keyhole.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.gateway.model.Gpus;
import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.Resources;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {
    private static final PrincipalName ADA = new PrincipalName("ada");

    @TempDir private Path directory;

    private final RecordedLauncher launcher = new RecordedLauncher();
    private BrokerServer server;
    private BrokerClient client;

    @BeforeEach
    void open() throws IOException {
        server = open(uid());
        client = new BrokerClient(socket());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void everyVerbCrossesTheLine() throws Exception {
        var started = client.start(ADA, ServiceName.JUPYTER);

        assertThat(started).isEqualTo(RecordedLauncher.running(ADA, ServiceName.JUPYTER));
        assertThat(client.running(ADA)).containsExactly(started);
        assertThat(client.log(ADA, ServiceName.JUPYTER, 7))
                .containsExactly("done", "failed ", "", "a line of 7");
        client.stop(ADA, ServiceName.JUPYTER);
        assertThat(client.running(ADA)).isEmpty();
    }

    @Test
    void sourcesAreDroppedAndLifted() throws Exception {
        SourceGroup four = SourceGroup.parse("192.0.2.7");
        SourceGroup six = SourceGroup.parse("2001:db8::1");
        client.drop(four, Duration.ofMinutes(10));
        client.drop(six, Duration.ofDays(300));
        client.lift(four);
        client.liftAll();
        assertThat(launcher.asked)
                .containsExactly(
                        "drop 192.0.2.7/32 600",
                        "drop 2001:db8:0:0:0:0:0:0/64 604800",
                        "lift 192.0.2.7/32",
                        "lift-all");
        launcher.breakDown();
        assertThatThrownBy(() -> client.drop(four, Duration.ofMinutes(10)))
                .isInstanceOf(IOException.class)
                .hasMessage("the set is full");
    }

    @Test
    void theGuardWaitsForNobodyAndItsOrdersComeInOrder() {
        SourceGroup source = SourceGroup.parse("192.0.2.7");
        QueuedDrops drops = QueuedDrops.to(client);
        for (int i = 0; i < 50; i++) {
            drops.drop(source, Duration.ofSeconds(60));
            drops.lift(source);
        }
        await().until(() -> launcher.asked.size() == 100);
        assertThat(launcher.asked.getFirst()).startsWith("drop");
        assertThat(launcher.asked.getLast()).startsWith("lift");
    }

    @Test
    void aBrokerThatRefusesEndsNoOrders() {
        SourceGroup source = SourceGroup.parse("192.0.2.7");
        launcher.breakDown();
        QueuedDrops drops = QueuedDrops.to(client);
        drops.drop(source, Duration.ofSeconds(60));
        drops.lift(source);
        await().until(() -> launcher.asked.equals(List.of("lift 192.0.2.7/32")));
    }

    @Test
    void whyTheKernelDropsNothingIsKnownBeforeTheFirstDrop() {
        QueuedDrops drops = QueuedDrops.to(client);
        assertThat(drops.trouble()).isEmpty();
        launcher.breakDown();
        assertThat(drops.trouble()).contains("no kernel drops: There is no nft; install nftables.");
    }

    @Test
    void principalsComeAndGoAndAreLimited() throws Exception {
        Resources all =
                new Resources(
                        OptionalLong.of(17L << 30),
                        Optional.of(new BigDecimal("1.5")),
                        OptionalInt.of(512),
                        Optional.of(Gpus.parse("nvidia0,nvidia1")));
        client.prepare(ADA);
        client.limit(ADA, all);
        client.limit(ADA, Resources.UNSAID);
        client.retire(ADA);

        assertThat(launcher.asked)
                .containsExactly(
                        "prepare ada",
                        "limit ada " + all,
                        "limit ada " + Resources.UNSAID,
                        "retire ada");
        launcher.breakDown();
        assertThatThrownBy(() -> client.retire(ADA)).hasMessage("It does not end.");
    }

    @Test
    void eachWallIsReportedWithItsReason() {
        assertThat(client.isolation(ADA)).isEqualTo(launcher.isolation(ADA));
        assertThat(client.outOfMemoryKills(ADA)).isEqualTo(3);
    }

    @Test
    void bytesPassBothWaysToAnOwnListenerAndEachEndIsPassedOn() throws Exception {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            launcher.listenAt(listener.getLocalAddress());
            try (SocketChannel near = client.connect(ADA, 6007).orElseThrow();
                    SocketChannel far = listener.accept()) {
                far.write(ByteBuffer.wrap("first".getBytes(UTF_8))); // the server speaks first
                assertThat(read(near, 5)).isEqualTo("first");
                near.write(ByteBuffer.wrap("question".getBytes(UTF_8)));
                near.shutdownOutput();
                assertThat(read(far, 100)).isEqualTo("question");
                far.write(ByteBuffer.wrap("answer".getBytes(UTF_8)));
                far.close();
                assertThat(read(near, 100)).isEqualTo("answer");
            }
        }
    }

    @Test
    void withoutAnOwnListenerThereIsNoConnection() throws Exception {
        assertThat(client.connect(ADA, 6007)).isEmpty();
        launcher.breakDown();
        assertThatThrownBy(() -> client.connect(ADA, 6007))
                .isInstanceOf(IOException.class)
                .hasMessage("it does not answer");
    }

    @Test
    void onlyRootSaysWhoRunsAsWhichAccount() throws Exception {
        assumeTrue(uid() == 0);
        client.map(ADA, "ada.lovelace");
        client.unmap(ADA);
        assertThat(launcher.asked).containsExactly("map ada ada.lovelace", "unmap ada");
        server.close();
        server = open(65534); // the door is somebody else now

        String answer = asNobody("map ada root");
        assertThat(answer).contains("b''");
        assertThat(asNobody("running ada")).contains("done");
        assertThat(launcher.asked).hasSize(2);
    }

    @Test
    void aWaitEndsWithTheProcess() throws Exception {
        var started = client.start(ADA, ServiceName.JUPYTER);
        var end =
                CompletableFuture.runAsync(
                        () -> awaitExit(started), task -> Thread.ofPlatform().start(task));
        assertThat(end).isNotDone();

        client.stop(ADA, ServiceName.JUPYTER);

        assertThat(end).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aBrokerThatIsStartedAgainDoesNotEndAWait() throws Exception {
        var started = client.start(ADA, ServiceName.JUPYTER);
        server.close();
        var end =
                CompletableFuture.runAsync(
                        () -> awaitExit(started), task -> Thread.ofPlatform().start(task));
        server = open(uid());
        assertThat(end).isNotDone();

        client.stop(ADA, ServiceName.JUPYTER);

        assertThat(end).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aFailureKeepsItsTextAndItsLog() {
        launcher.breakDown();

        assertThatThrownBy(() -> client.start(ADA, ServiceName.JUPYTER))
                .isInstanceOfSatisfying(
                        LaunchFailure.class,
                        failure ->
                                assertThat(failure.lastLog())
                                        .containsExactly("first", "second line"))
                .hasMessage("It is broken. Truly.");
    }

    @Test
    void aServiceThatTheBrokerDoesNotKnowIsNotServed() {
        assertThatThrownBy(() -> client.start(ADA, new ServiceName("elsewhere")))
                .isInstanceOf(LaunchFailure.class);
    }

    @Test
    void withoutABrokerTheFailureSaysWhatToDo() throws IOException {
        server.close();

        assertThatThrownBy(() -> client.start(ADA, ServiceName.JUPYTER))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("Restart keyhole");
        assertThatThrownBy(() -> client.running(ADA)).isInstanceOf(BrokerGone.class);
    }

    @Test
    void theSocketIsPrivate() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
    }

    @Test
    void anotherOsUserIsTurnedAway() throws Exception {
        assumeTrue(uid() == 0);
        assertThat(asNobody("running ada"))
                .matches(text -> text.contains("b''") || text.contains("ConnectionResetError"));
        assertThat(client.running(ADA)).isEmpty();
    }

    @Test
    void aHalfRequestIsNotServed() throws Exception {
        send("start ada jupyter".getBytes(UTF_8));

        await().during(Duration.ofMillis(100)).until(() -> client.running(ADA).isEmpty());
    }

    private static String read(SocketChannel from, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        while (bytes.hasRemaining() && from.read(bytes) >= 0) {}
        return new String(bytes.array(), 0, bytes.position(), UTF_8);
    }

    private String asNobody(String request) throws IOException {
        for (Path path : List.of(directory, socket())) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        String ask =
                """
                import socket, sys
                s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])
                s.sendall(sys.argv[2].encode() + b"\\n")
                print(s.recv(100))
                """;
        Process nobody =
                new ProcessBuilder(
                                "setpriv",
                                "--reuid=65534",
                                "--clear-groups",
                                "/usr/bin/python3",
                                "-c",
                                ask,
                                socket().toString(),
                                request)
                        .redirectErrorStream(true)
                        .start();
        return new String(nobody.getInputStream().readAllBytes(), UTF_8);
    }

    /** Sends and hangs up, reading nothing. */
    private void send(byte[] bytes) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            assertThat(e)
                    .hasMessageContaining(
                            "roken pipe"); // it was closed at the first oversized line
        }
    }

    private void awaitExit(dev.keyhole.gateway.workspace.RunningService service) {
        try {
            client.awaitExit(service);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private BrokerServer open(long doorUid) throws IOException {
        return BrokerServer.open(
                launcher,
                launcher,
                launcher,
                launcher,
                Set.of(ServiceName.JUPYTER),
                doorUid,
                socket());
    }

    private Path socket() {
        return directory.resolve("broker");
    }

    private static long uid() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }
}

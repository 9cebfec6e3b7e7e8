package dev.keyhole.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.CommandEnd;
import dev.keyhole.gateway.workspace.CommandEnvironment;
import dev.keyhole.gateway.workspace.CommandSignal;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningCommand.Output;
import dev.keyhole.gateway.workspace.Terminal;
import dev.keyhole.gateway.workspace.TerminalModes;
import dev.keyhole.gateway.workspace.WindowSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verb exec, over a real socket, with a command that echoes. */
@Timeout(60)
class ExecTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final long FUZZ_SEED = 20261123;
    private static final Command LINE =
            new Command(
                    new Command.Line("echo 'ä'; exit 7"),
                    new CommandEnvironment(Map.of("LANG", "C.UTF-8", "TZ", "CET-1CEST")),
                    Optional.of(
                            new Terminal(
                                    "xterm-256color",
                                    new WindowSize(132, 43, 65_535, 1),
                                    new TerminalModes(Map.of(53, 0, 1, 3, 128, 38_400)))));

    @TempDir private Path directory;
    private final RecordedLauncher launcher = new RecordedLauncher();
    private BrokerServer server;
    private BrokerClient client;

    @BeforeEach
    void open() throws IOException {
        long uid = Integer.toUnsignedLong((int) Files.getAttribute(directory, "unix:uid"));
        server =
                BrokerServer.open(
                        launcher,
                        launcher,
                        launcher,
                        launcher,
                        Set.of(ServiceName.JUPYTER),
                        uid,
                        socket());
        client = new BrokerClient(socket());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Path socket() {
        return directory.resolve("s");
    }

    @Test
    void theCommandArrivesAsItWasAsked() throws Exception {
        try (RunningCommand running = client.exec(ADA, LINE)) {
            assertThat(launcher.commands.take().command).isEqualTo(LINE);
            running.endInput();
            assertThat(running.read(ByteBuffer.allocate(1))).isEqualTo(Output.END);
            assertThat(running.await()).isEqualTo(new CommandEnd.Exited(7));
        }
    }

    @Test
    void everyByteComesBackThroughSmallWindows() throws Exception {
        byte[] sent = new byte[3 * Frame.WINDOW + 17];
        new Random(FUZZ_SEED).nextBytes(sent);
        var received = new ByteArrayOutputStream();
        try (RunningCommand running = client.exec(ADA, LINE)) {
            var writing = CompletableFuture.runAsync(() -> writeAndEnd(running, sent));
            ByteBuffer bytes = ByteBuffer.allocate(10_000);
            while (running.read(bytes) != Output.END) {
                received.write(bytes.array(), 0, bytes.position());
                bytes.clear();
            }
            writing.get();
        }
        assertThat(received.toByteArray()).isEqualTo(sent);
    }

    private static void writeAndEnd(RunningCommand running, byte[] bytes) {
        try {
            running.write(ByteBuffer.wrap(bytes));
            running.endInput();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void resizesAndSignalsPassInputThatNobodyReads() throws Exception {
        try (RunningCommand running = client.exec(ADA, LINE)) {
            EchoedCommand echoed = launcher.commands.take();
            running.write(ByteBuffer.allocate(Frame.WINDOW)); // the echo holds one piece only
            running.resize(new WindowSize(1, 2, 3, 4));
            running.signal(CommandSignal.USR1);
            org.awaitility.Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(echoed.told)
                                    .containsExactly(
                                            new WindowSize(1, 2, 3, 4), CommandSignal.USR1));
        }
    }

    @Test
    void aDoorThatGoesHangsUp() throws Exception {
        RunningCommand running = client.exec(ADA, LINE);
        EchoedCommand echoed = launcher.commands.take();
        running.close();
        assertThat(echoed.closed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFailureIsTold() {
        launcher.breakDown();
        assertThatThrownBy(() -> client.exec(ADA, LINE))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("It is broken.");
    }

    @Test
    void whatIsNoCommandStartsNothing() throws Exception {
        Random random = new Random(FUZZ_SEED);
        byte[] good = new byte[CommandHeader.write(LINE).remaining()];
        CommandHeader.write(LINE).get(good);
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(4) + 1; flips > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(bad.length) + 1;
            // Never anything but a command or nothing.
            Frame.parse('C', ByteBuffer.wrap(bad, 0, length));
            Frame.parse((char) random.nextInt(256), ByteBuffer.wrap(bad, 0, length));
        }
        assertThat(Frame.parse('C', ByteBuffer.wrap(good))).contains(new Frame.Run(LINE));
    }

    @Test
    void rubbishAfterTheVerbEndsTheConnectionAndTheCommand() throws Exception {
        Random random = new Random(FUZZ_SEED);
        for (int i = 0; i < 50; i++) {
            byte[] rubbish = new byte[random.nextInt(300) + 5];
            random.nextBytes(rubbish);
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                channel.write(ByteBuffer.wrap("exec ada\n".getBytes(UTF_8)));
                if (i % 2 == 0) {
                    new Frames(channel, ByteBuffer.allocate(0)).write(new Frame.Run(LINE));
                }
                channel.write(ByteBuffer.wrap(rubbish));
                channel.shutdownOutput();
                ByteBuffer answer = ByteBuffer.allocate(64);
                while (channel.read(answer) >= 0) {
                    answer.clear();
                }
            } catch (SocketException e) {
                // closed with bytes unread, which is a fine answer too
            }
        }
        for (EchoedCommand started : launcher.commands) {
            assertThat(started.closed.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void moreThanAWindowOfInputEndsTheConnection() throws Exception {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap("exec ada\n".getBytes(UTF_8)));
            var frames = new Frames(channel, ByteBuffer.allocate(0));
            frames.write(new Frame.Run(LINE));
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    frames.write(new Frame.Input(ByteBuffer.allocate(Frame.CHUNK)));
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
        assertThat(launcher.commands.take().closed.await(5, TimeUnit.SECONDS)).isTrue();
    }
}

package dev.keyhole.gateway.launch.attached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.model.ServiceName;
import dev.keyhole.gateway.workspace.AttachedHost;
import dev.keyhole.gateway.workspace.AttachmentStore;
import dev.keyhole.gateway.workspace.Attachments;
import dev.keyhole.gateway.workspace.ByteStream;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.LaunchFailure;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.RunningService;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AttachedLauncherTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final AttachedHost HOST =
            new AttachedHost(
                    ADA,
                    new SshHost.Place.Tcp("gpu1", 22),
                    "me",
                    "ssh-ed25519 AAAA",
                    new TreeMap<>(Map.of(ServiceName.JUPYTER, 9999)),
                    Instant.EPOCH);

    /** Says the same to whoever connects. */
    private static final class FakeHops implements Hops {
        private final List<String> done = new ArrayList<>();
        private String says = "HTTP/1.1 200 OK\r\n\r\n";
        private boolean hangs;
        private boolean down;

        @Override
        public ByteStream connect(SshHost host, String destination, int port) throws HopFailure {
            if (down) {
                throw HopFailure.of(Refusal.of(Code.HOST_UNREACHABLE, "gpu1:22 is not there"));
            }
            done.add("connect " + host.place() + " " + destination + ":" + port);
            return new Said(ByteBuffer.wrap(says.getBytes(StandardCharsets.US_ASCII)), hangs);
        }

        @Override
        public RunningCommand exec(SshHost host, Command command) throws HopFailure {
            throw HopFailure.byPolicy(
                    Refusal.of(Code.SESSION_REQUEST_REFUSED, "gpu1:22 runs no shell"));
        }

        @Override
        public String ask(SshHost host, String line) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(SshHost host) {
            done.add("close " + host.place());
        }
    }

    private static final class Said implements ByteStream {
        private final ByteBuffer left;
        private final boolean hangs;
        private final CountDownLatch closed = new CountDownLatch(1);

        Said(ByteBuffer left, boolean hangs) {
            this.left = left;
            this.hangs = hangs;
        }

        @Override
        public int read(ByteBuffer into) {
            if (hangs) {
                await(closed);
            }
            if (!left.hasRemaining()) {
                return -1;
            }
            into.put(left.get());
            return 1;
        }

        @Override
        public int write(ByteBuffer from) {
            int length = from.remaining();
            from.position(from.limit());
            return length;
        }

        @Override
        public void endOutput() {}

        @Override
        public void close() {
            closed.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Kept implements AttachmentStore {
        @Override
        public List<AttachedHost> load() {
            return List.of(HOST);
        }

        @Override
        public void put(AttachedHost host) {}

        @Override
        public void delete(PrincipalName owner) {}
    }

    private final FakeHops hops = new FakeHops();
    private AttachedLauncher launcher;

    @BeforeEach
    void open() throws Exception {
        launcher =
                new AttachedLauncher(
                        Attachments.open(new Kept(), owner -> Path.of("/door/key")), hops);
    }

    @Test
    void aStartReachesTheServiceAndItsEndpointIsBehindTheHop() throws Exception {
        RunningService service = launcher.start(ADA, ServiceName.JUPYTER);

        assertThat(service.endpoint())
                .isEqualTo(new Endpoint.Hop(HOST.host(Path.of("/door/key")), "localhost", 9999));
        assertThat(hops.done).containsExactly("connect gpu1:22 localhost:9999");
        assertThat(launcher.running(ADA)).containsExactly(service);
        assertThat(launcher.running(new PrincipalName("bob"))).isEmpty();
    }

    @Test
    void theLastStopClosesTheHopAndWhoWaitsForTheEndIsTold() throws Exception {
        RunningService service = launcher.start(ADA, ServiceName.JUPYTER);
        CountDownLatch ended = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        launcher.awaitExit(service);
                        ended.countDown();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });

        launcher.stop(ADA, ServiceName.JUPYTER);

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(hops.done).endsWith("close gpu1:22");
        assertThat(launcher.running(ADA)).isEmpty();
        launcher.stop(ADA, ServiceName.JUPYTER);
    }

    @Test
    void aHostThatIsNotReachedIsAFailedStartWithItsReason() {
        hops.down = true;

        assertThatThrownBy(() -> launcher.start(ADA, ServiceName.JUPYTER))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("gpu1:22 is not there");
        assertThat(launcher.running(ADA)).isEmpty();
    }

    @Test
    void aServiceThatTheHostWasAttachedWithoutIsNamedWithTheNextMove() {
        assertThatThrownBy(() -> launcher.start(ADA, ServiceName.TENSORBOARD))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("--service tensorboard=PORT");
    }

    @Test
    void aCommandThatTheHostRefusesIsAFailureWithItsReason() {
        Command command =
                new Command(
                        new Command.Shell(),
                        dev.keyhole.gateway.workspace.CommandEnvironment.NONE,
                        java.util.Optional.empty());

        assertThatThrownBy(() -> launcher.exec(ADA, command))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("runs no shell");
    }

    @Test
    void whatAnswersInHttpIsReadyAndWhatSaysSomethingElseOrNothingIsNot() throws Exception {
        RunningService service = launcher.start(ADA, ServiceName.JUPYTER);
        HopProbe probe = new HopProbe(hops, Duration.ofMillis(200));

        assertThat(probe.answers(service)).isTrue();
        hops.says = "SSH-2.0-OpenSSH_9.2\r\n";
        assertThat(probe.answers(service)).isFalse();
        hops.says = "";
        assertThat(probe.answers(service)).isFalse();
        hops.hangs = true;
        assertThat(probe.answers(service)).isFalse();
        hops.down = true;
        assertThat(probe.answers(service)).isFalse();
        assertThat(probe.activity(service).isIdle()).isFalse();
    }

    @Test
    void whereTheWorkspaceIsAndWhereItsLogIsIsSaid() {
        assertThat(launcher.place(ADA)).isEqualTo("me@gpu1:22 (attached)");
        assertThat(launcher.log(ADA, ServiceName.JUPYTER, 10))
                .singleElement()
                .asString()
                .contains("stays at its host");
    }
}

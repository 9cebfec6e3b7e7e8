package dev.keyhole.gateway.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.access.Grant;
import dev.keyhole.gateway.access.JudgedGrants;
import dev.keyhole.gateway.access.SharedAddressRules;
import dev.keyhole.gateway.model.Refusal;
import dev.keyhole.gateway.workspace.ByteStream;
import dev.keyhole.gateway.workspace.Command;
import dev.keyhole.gateway.workspace.Endpoint;
import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.gateway.workspace.Hops;
import dev.keyhole.gateway.workspace.RunningCommand;
import dev.keyhole.gateway.workspace.SshHost;
import dev.keyhole.wire.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ForwardTest {
    /** Leads nowhere. */
    private static final class NoHops implements Hops {
        @Override
        public ByteStream connect(SshHost host, String destination, int port) throws HopFailure {
            throw HopFailure.byPolicy(
                    new Refusal(Code.CHANNEL_LIMIT, "the host's own text", "detail"));
        }

        @Override
        public RunningCommand exec(SshHost host, Command command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String ask(SshHost host, String line) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(SshHost host) {}
    }

    @TempDir Path directory;

    private final Grant grant = JudgedGrants.toJupyter();

    @Test
    void aSocketWhoseListenerIsTheOwnersIsConnected() throws Exception {
        try (Timers timers = new Timers();
                ServerSocketChannel server = listen(10);
                ByteStream service =
                        forward(timers)
                                .step(grant, endpoint(System.getProperty("user.name")))
                                .stream()) {
            assertThat(service.write(ByteBuffer.allocate(1))).isEqualTo(1);
            assertThat(server.isOpen()).isTrue();
        }
    }

    @Test
    void aSocketOfSomebodyElsesListenerIsRefused() throws Exception {
        try (Timers timers = new Timers();
                ServerSocketChannel server = listen(10)) {
            assertThat(server.isOpen()).isTrue();
            assertRefused(timers, endpoint("somebody-else"), Code.NOT_YOUR_LISTENER);
        }
    }

    @Test
    void aSocketThatNobodyListensOnIsNotReady() {
        try (Timers timers = new Timers()) {
            assertRefused(
                    timers, endpoint(System.getProperty("user.name")), Code.SERVICE_NOT_READY);
        }
    }

    @Test
    @Timeout(10)
    void aListenerThatAcceptsNothingIsGivenUp() throws Exception {
        List<SocketChannel> waiting = new ArrayList<>();
        try (Timers timers = new Timers();
                ServerSocketChannel server = listen(1)) {
            assertThat(server.isOpen()).isTrue();
            fillBacklog(waiting);
            assertRefused(
                    timers, endpoint(System.getProperty("user.name")), Code.SERVICE_NOT_READY);
        } finally {
            for (SocketChannel one : waiting) {
                one.close();
            }
        }
    }

    @Test
    void whatAHopIsRefusedWithIsPassedOn() {
        SshHost host =
                new SshHost(
                        new SshHost.Place.Socket(socket()), "me", "ssh-ed25519 AAAA", directory);
        try (Timers timers = new Timers()) {
            assertRefused(timers, new Endpoint.Hop(host, "localhost", 8888), Code.CHANNEL_LIMIT);
        }
    }

    private void fillBacklog(List<SocketChannel> waiting) throws IOException {
        for (int i = 0; i < 2; i++) {
            waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(socket())));
        }
    }

    private void assertRefused(Timers timers, Endpoint endpoint, Code code) {
        assertThatThrownBy(() -> forward(timers).step(grant, endpoint))
                .isInstanceOfSatisfying(
                        ForwardRefusal.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    private static Forward forward(Timers timers) {
        return new Forward(
                (owner, port) -> Optional.empty(),
                new NoHops(),
                new SharedAddressRules(InetAddress::isLoopbackAddress, port -> false, List.of()),
                timers,
                Duration.ofMillis(300));
    }

    private Endpoint endpoint(String owner) {
        return new Endpoint.Unix(socket(), owner);
    }

    private ServerSocketChannel listen(int backlog) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(socket()), backlog);
    }

    private Path socket() {
        return directory.resolve("s");
    }
}

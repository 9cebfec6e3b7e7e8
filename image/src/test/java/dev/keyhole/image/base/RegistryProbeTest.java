package dev.keyhole.image.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.image.ImageFailure;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Registries that answer, refuse, and say nothing. */
class RegistryProbeTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    @Test
    void aPortWhereNothingListensIsSaidAtOnce() throws Exception {
        String registry;
        try (var socket = loopback()) {
            registry = "127.0.0.1:" + socket.getLocalPort();
        }
        var failure = failure(new RegistryProbe(false), registry);
        assertThat(failure.status()).isEqualTo(ExitStatus.UNREACHABLE);
        assertThat(failure).hasMessageContainingAll("REGISTRY_UNREACHABLE", "refuses");
    }

    @Test
    void aRegistryThatSaysNothingIsGivenUpAtTheDeadline() throws Exception {
        try (var silent = loopback()) {
            var failure =
                    failure(new RegistryProbe(false, SHORT), "127.0.0.1:" + silent.getLocalPort());
            assertThat(failure.status()).isEqualTo(ExitStatus.UNREACHABLE);
            assertThat(failure).hasMessageContaining("does not answer");
        }
    }

    @Test
    void plainHttpIsSpokenOnLoopback() throws Exception {
        try (var server = loopback()) {
            answer(server, "401 Unauthorized");
            assertThat(new RegistryProbe(false).probe("127.0.0.1:" + server.getLocalPort()))
                    .isEqualTo(Reach.PLAIN);
        }
    }

    @Test
    void plainHttpIsRefusedOnAnAddressThatOthersReachUnlessChosen() throws Exception {
        var address = outward();
        assumeTrue(address.isPresent(), "this machine has no address but loopback");
        try (var server = new ServerSocket(0, 50, address.get())) {
            answer(server, "200 OK");
            var registry = address.get().getHostAddress() + ":" + server.getLocalPort();
            var failure = failure(new RegistryProbe(false), registry);
            assertThat(failure.status()).isEqualTo(ExitStatus.REFUSED);
            assertThat(failure).hasMessageContainingAll("REGISTRY_UNTRUSTED", "--insecure");
            assertThat(new RegistryProbe(true).probe(registry)).isEqualTo(Reach.PLAIN);
        }
    }

    private static Optional<InetAddress> outward() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }

    @Test
    void aRegistryThatIsNotWellIsUnreachable() throws Exception {
        try (var server = loopback()) {
            answer(server, "503 Service Unavailable");
            var failure = failure(new RegistryProbe(false), "127.0.0.1:" + server.getLocalPort());
            assertThat(failure.status()).isEqualTo(ExitStatus.UNREACHABLE);
            assertThat(failure).hasMessageContaining("503");
        }
    }

    @Test
    void whatARegistryAnsweredIsNotAskedAgain() throws Exception {
        var probe = new RegistryProbe(false);
        String registry;
        try (var server = loopback()) {
            answer(server, "200 OK");
            registry = "127.0.0.1:" + server.getLocalPort();
            assertThat(probe.probe(registry)).isEqualTo(Reach.PLAIN);
        }
        assertThat(probe.probe(registry)).isEqualTo(Reach.PLAIN);
        assertThat(failure(new RegistryProbe(false), registry).status())
                .isEqualTo(ExitStatus.UNREACHABLE);
    }

    @Test
    void aRegistryThatDidNotAnswerIsAskedAgain() throws Exception {
        var probe = new RegistryProbe(false, SHORT);
        try (var server = loopback()) {
            var registry = "127.0.0.1:" + server.getLocalPort();
            assertThat(failure(probe, registry).status()).isEqualTo(ExitStatus.UNREACHABLE);
            answer(server, "200 OK");
            assertThat(probe.probe(registry)).isEqualTo(Reach.PLAIN);
        }
    }

    @Test
    void onlyAddressesOfThisMachineAreLoopback() {
        assertThat(Loopback.is("localhost:5000")).isTrue();
        assertThat(Loopback.is("127.0.0.1")).isTrue();
        assertThat(Loopback.is("127.0.0.1.example.com:5000")).isFalse();
        assertThat(Loopback.is("localhost.example.com")).isFalse();
        assertThat(Loopback.is("10.0.0.1:5000")).isFalse();
    }

    private static ImageFailure failure(RegistryProbe probe, String registry) {
        var failure = catchThrowableOfType(ImageFailure.class, () -> probe.probe(registry));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** To everything, also to the TLS hello of the first attempt, as a server of plain HTTP does. */
    private static void answer(ServerSocket server, String status) {
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            try (var client = server.accept()) {
                                client.getInputStream().read(new byte[4096]);
                                client.getOutputStream()
                                        .write(
                                                ("HTTP/1.1 "
                                                                + status
                                                                + "\r\nContent-Length: 0\r\n"
                                                                + "Connection: close\r\n\r\n")
                                                        .getBytes(StandardCharsets.US_ASCII));
                            }
                        }
                    } catch (IOException closed) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}

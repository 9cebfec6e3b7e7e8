package dev.keyhole.gateway.launch.attached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.keyhole.gateway.workspace.SshHost;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostTrialTest {
    private final HostTrial trial =
            new HostTrial(new HopProbe(new NowhereHops(), Duration.ofSeconds(1)));

    @Test
    void aPortOfAnAddressThatOthersReachIsOpenWhileSomebodyListensThere() throws Exception {
        Optional<InetAddress> outside = outside();
        assumeThat(outside).as("an address beside loopback").isPresent();
        SshHost.Place.Tcp place = new SshHost.Place.Tcp(outside.get().getHostAddress(), 22);
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, outside.get())) {
            port = server.getLocalPort();
            assertThat(trial.isOpen(place, port)).isTrue();
        }
        assertThat(trial.isOpen(place, port)).isFalse();
    }

    @Test
    void aPortOfTheLoopbackIsNot() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(trial.isOpen(new SshHost.Place.Tcp("127.0.0.1", 22), server.getLocalPort()))
                    .isFalse();
        }
    }

    private static Optional<InetAddress> outside() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(address -> !address.isLoopbackAddress())
                .findFirst();
    }
}

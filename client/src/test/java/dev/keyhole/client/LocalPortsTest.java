package dev.keyhole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.keyhole.wire.ExitStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalPortsTest {
    private static final Service NOTEBOOK = Service.parse("jupyter");

    @Test
    void aTakenPortThatWasAskedForIsSaid() throws Exception {
        try (ServerSocket other = listening("127.0.0.1")) {
            assertThatThrownBy(() ->
                            LocalPorts.choose(List.of(NOTEBOOK), List.of(other.getLocalPort())))
                    .isInstanceOfSatisfying(
                            TunnelEnded.class,
                            ended ->
                                    assertThat(ended.ending().status())
                                            .isEqualTo(ExitStatus.PORT_TAKEN));
        }
    }

    @Test
    void aPortThatSomebodyHasOnIpv6OnlyIsTakenToo() throws Exception {
        assumeThat(LocalPorts.hasIpv6()).isTrue();
        try (ServerSocket other = listening("::1")) {
            assertThatThrownBy(() ->
                            LocalPorts.choose(List.of(NOTEBOOK), List.of(other.getLocalPort())))
                    .isInstanceOf(TunnelEnded.class);
        }
    }

    @Test
    void everyServiceGetsAPortOfItsOwn() {
        assertThat(LocalPorts.choose(List.of(NOTEBOOK, Service.parse("tensorboard")), List.of()))
                .extracting(Forward::local)
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= 8000);
    }

    private static ServerSocket listening(String address) throws Exception {
        return new ServerSocket(0, 1, InetAddress.ofLiteral(address));
    }
}

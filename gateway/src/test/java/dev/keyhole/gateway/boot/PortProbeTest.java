package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortProbeTest {
    @Test
    void aTakenPortNamesWhoHasItAndAFreeOnePasses() throws IOException, CannotStart {
        ListenAddress listen;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            listen = ListenAddress.of("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(() -> PortProbe.requireFree(listen))
                    .isInstanceOfSatisfying(
                            CannotStart.class,
                            e -> assertThat(e.status()).isEqualTo(ExitStatus.PORT_TAKEN))
                    .hasMessageContaining("Port " + listen.port() + " is taken by")
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
        PortProbe.requireFree(listen);
    }

    @Test
    void anAddressOfAnotherMachineSaysSo() {
        assertThatThrownBy(() -> PortProbe.requireFree(ListenAddress.of("192.0.2.1", 0)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--listen");
    }
}

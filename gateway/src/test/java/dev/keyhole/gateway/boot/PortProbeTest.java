package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.config.ListenAddress;
import dev.keyhole.wire.ExitStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void aSocketThatSomebodyListensOnIsTakenAndAFileThatWasLeftIsNot(@TempDir Path directory)
            throws IOException, CannotStart {
        Path socket = directory.resolve("door.sock");
        ListenAddress listen = ListenAddress.socket(socket);
        try (ServerSocketChannel taken = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            taken.bind(UnixDomainSocketAddress.of(socket));

            assertThatThrownBy(() -> PortProbe.requireFree(listen))
                    .isInstanceOfSatisfying(
                            CannotStart.class,
                            e -> assertThat(e.status()).isEqualTo(ExitStatus.PORT_TAKEN));
        }
        assertThat(socket).exists();
        PortProbe.requireFree(listen);

        assertThatThrownBy(() ->
                        PortProbe.requireFree(
                                ListenAddress.socket(directory.resolve("missing/door.sock"))))
                .hasMessageContaining("missing");
    }

    @Test
    void anAddressOfAnotherMachineSaysSo() {
        assertThatThrownBy(() -> PortProbe.requireFree(ListenAddress.of("192.0.2.1", 0)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--listen");
    }
}

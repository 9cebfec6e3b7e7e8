package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackListenersTest {
    private static final String V4_LOOPBACK = "0100007F";
    private static final String V4_ANY = "00000000";
    private static final String V6_LOOPBACK = "00000000000000000000000001000000";
    private static final String V6_ANY = "00000000000000000000000000000000";

    @TempDir private Path tables;

    @Test
    void ownListenerIsFoundWhereItListens() throws IOException {
        write("tcp", line(V4_LOOPBACK, "0A", 1000));

        assertThat(address(1000)).contains("127.0.0.1");
    }

    @Test
    void aForeignListenerIsNone() throws IOException {
        write("tcp", line(V4_LOOPBACK, "0A", 1001));

        assertThat(address(1000)).isEmpty();
    }

    @Test
    void aForeignListenerOnAnotherReachableAddressSpoilsIt() throws IOException {
        write("tcp", line(V4_LOOPBACK, "0A", 1000), line(V4_ANY, "0A", 1001));
        assertThat(address(1000)).isEmpty();

        write("tcp", line(V4_LOOPBACK, "0A", 1000));
        write("tcp6", line(V6_ANY, "0A", 1001));
        assertThat(address(1000)).isEmpty();
    }

    @Test
    void aForeignListenerOnAnAddressThatLoopbackDoesNotReachDoesNotMatter() throws IOException {
        write("tcp", line(V4_LOOPBACK, "0A", 1000), line("0200A8C0", "0A", 1001));

        assertThat(address(1000)).contains("127.0.0.1");
    }

    @Test
    void anIpv6ListenerIsReachedByIpv6() throws IOException {
        write("tcp6", line(V6_LOOPBACK, "0A", 1000));
        assertThat(address(1000)).contains("0:0:0:0:0:0:0:1");

        write("tcp6", line(V6_ANY, "0A", 1000));
        assertThat(address(1000)).contains("0:0:0:0:0:0:0:1");
    }

    @Test
    void anEstablishedConnectionIsNoListener() throws IOException {
        write("tcp", line(V4_LOOPBACK, "01", 1000));

        assertThat(address(1000)).isEmpty();
    }

    @Test
    void aTableThatCannotBeReadMeansNobody() {
        assertThat(new LoopbackListeners(tables.resolve("nowhere")).listener(8080, 1000)).isEmpty();
    }

    @Test
    void aRealListenerIsSeen() throws IOException {
        try (var server =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            long us = OsUser.current().uid();

            assertThat(
                            new LoopbackListeners(Path.of("/proc/net"))
                                    .listener(server.getLocalPort(), us))
                    .isPresent();
            assertThat(
                            new LoopbackListeners(Path.of("/proc/net"))
                                    .listener(server.getLocalPort(), us + 1))
                    .isEmpty();
        }
    }

    private Optional<String> address(long uid) throws IOException {
        if (!Files.exists(tables.resolve("tcp"))) {
            write("tcp");
        }
        return new LoopbackListeners(tables)
                .listener(8080, uid)
                .map(found -> found.getAddress().getHostAddress());
    }

    private void write(String table, String... lines) throws IOException {
        Files.writeString(
                tables.resolve(table),
                "  sl  local_address rem_address   st\n" + String.join("", lines));
    }

    private static String line(String address, String state, long uid) {
        return "   0: %s:1F90 00000000:0000 %s 00000000:00000000 00:00000000 00000000 %5d        0 1 1 0 100 0\n"
                .formatted(address, state, uid);
    }
}

package dev.keyhole.system.limits;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The forwards that a principal may have open, counted over all its sessions. */
@ExtendWith(NoLeaks.class)
final class ForwardLimitTest {
    @Test
    void oneMoreOverAllSessionsIsRefusedAndAClosedOneMakesRoom() throws IOException {
        try (ServedDoor door = ServedDoor.of("limits: {forwards: 2}", "ada")) {
            door.ssh("ada").run("keyhole", "start").orFail();
            try (Tunnel one = door.ssh("ada").tunnelTo(8888);
                    Tunnel other = door.ssh("ada").tunnelTo(8888)) {
                // A connection tried whether each tunnel accepts, and may be open still.
                awaitNoForward(door);
                try (Socket first = connected(one);
                        Socket second = connected(other)) {
                    assertThat(ask(first)).startsWith("HTTP/1.1");
                    assertThat(ask(second)).startsWith("HTTP/1.1");
                    try (Socket third = connected(one)) {
                        assertThat(third.getInputStream().read()).isEqualTo(-1);
                    }
                    Awaitility.await("ssh shows the refusal")
                            .atMost(Duration.ofSeconds(10))
                            .untilAsserted(() ->
                                    assertThat(one.output())
                                            .contains(
                                                    "administratively prohibited: FORWARD_LIMIT: 2 of 2 forwards are open")
                                            .contains("1 to jupyter in c-")
                                            .contains("Close some"));
                }
                awaitNoForward(door);
                try (Socket again = connected(other)) {
                    assertThat(ask(again)).startsWith("HTTP/1.1");
                }
            }
        }
    }

    private static Socket connected(Tunnel tunnel) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** The connection stays open afterwards. */
    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        byte[] start = socket.getInputStream().readNBytes(8);
        return new String(start, US_ASCII);
    }

    private static void awaitNoForward(ServedDoor door) {
        Awaitility.await("no forward is open")
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        door.ssh("ada")
                                .run("keyhole", "status")
                                .orFail()
                                .stdout()
                                .contains("forwards    0 open"));
    }
}

package dev.keyhole.system.flood;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.Soak;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections without a login, at a door that shows their address no special severity: the transport holds alone. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrangersTest {
    private static final String STRANGER = "127.0.0.66";
    private static final byte[] NOTHING = {};
    private static final byte[] IDENT = "SSH-2.0-stranger\r\n".getBytes(US_ASCII);

    private final Door door;
    private final Siege siege;

    StrangersTest(Door door) {
        this.door = door;
        this.siege = new Siege(door);
    }

    // A2
    @ParameterizedTest
    @ValueSource(ints = {200, 2_000})
    void halfOpenConnectionsHarmNoSessionAndNoLogin(int count) throws Exception {
        try (Tunnel tunnel = door.ssh().tunnelTo(door.portOf("jupyter"));
                Strangers strangers = new Strangers(STRANGER, door.port())) {
            int connected =
                    siege.with(
                            count + " half-open connections",
                            () -> {
                                int made = strangers.connect(count, IDENT);
                                Beside.alone(door.ssh(), Soak.count(60, 6));
                                strangers.close();
                                return made;
                            });

            assertThat(connected).isPositive();
            assertThat(tunnel.isOpen()).as(tunnel.output()).isTrue();
        }
    }

    // A18
    @Test
    void whoStallsInTheMiddleOfAHelloKeepsNobodyWaiting() throws Exception {
        List<byte[]> halves =
                List.of(
                        NOTHING,
                        "SSH-2.0-stra".getBytes(US_ASCII),
                        "PROXY TCP4 203.0.113.7".getBytes(US_ASCII),
                        new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00},
                        "GET / HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII),
                        join(IDENT, new byte[] {0, 0, 4, 0, 8, 20, 1, 2, 3}));
        try (Strangers strangers = new Strangers(STRANGER, door.port());
                Strangers others = new Strangers("127.0.0.67", door.port())) {
            Duration slowest =
                    siege.with(
                            "half a hello",
                            () -> {
                                Duration longest = Duration.ZERO;
                                for (int round = 0; round < Soak.count(2_000, 200); round++) {
                                    for (byte[] half : halves) {
                                        strangers.connect(half);
                                    }
                                    Duration took = others.untilGreeted();
                                    longest = took.compareTo(longest) > 0 ? took : longest;
                                }
                                strangers.close();
                                return longest;
                            });

            assertThat(slowest).isLessThan(Duration.ofSeconds(1));
        }
    }

    // A22
    @Test
    void connectionsThatComeAndGoLeaveNothing() throws Exception {
        int count = Soak.count(100_000, 4_000);

        int greeted = siege.with("connections that come and go", () -> comeAndGo(count));

        assertThat(greeted).isEqualTo(count / 4);
    }

    private int comeAndGo(int count) throws IOException {
        int greeted = 0;
        for (int number = 0; number < count; number++) {
            try (Strangers stranger = new Strangers(STRANGER, door.port())) {
                switch (number % 4) {
                    case 0 -> stranger.connect(NOTHING);
                    case 1 -> stranger.connect(IDENT);
                    case 2 -> {
                        stranger.connect(IDENT);
                        stranger.reset();
                    }
                    default -> {
                        if (stranger.untilGreeted().compareTo(Duration.ofSeconds(1)) < 0) {
                            greeted++;
                        }
                    }
                }
            }
        }
        return greeted;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

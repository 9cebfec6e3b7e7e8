package dev.keyhole.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import dev.keyhole.gateway.model.ServiceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a door that fell into wrong hands sends, the broker does what is a request and goes on. */
@Timeout(120)
class BrokerFuzzTest {
    private static final PrincipalName ADA = new PrincipalName("ada");
    private static final long SEED = 20261123;
    private static final int ROUNDS = 6_000;

    private static final List<String> SEEDS =
            List.of(
                    "prepare ada\n",
                    "retire ada\n",
                    "start ada jupyter\n",
                    "running ada\n",
                    "stop ada jupyter\n",
                    "log ada jupyter 20\n",
                    "limits ada 1073741824 1.5 512 nvidia0,nvidia1\n",
                    "limits ada - - - -\n",
                    "isolation ada\n",
                    "connect ada 6006\n",
                    "exec ada\nC\0\0\0\1\0\0\0I\0\0\0\3abcZ\0\0\0\0",
                    "end-commands ada\n",
                    "map ada somebody\n",
                    "unmap ada\n",
                    "drop 192.0.2.7/32 600\n",
                    "drop 2001:db8:0:0:0:0:0:0/64 604800\n",
                    "lift 192.0.2.7/32\n",
                    "lift-all\n");
    private static final List<String> SPLINTERS =
            List.of(
                    "\0",
                    "\n",
                    " ",
                    "  ",
                    "../",
                    "-",
                    "-x",
                    "/etc/passwd",
                    "root",
                    "\u00e4",
                    "\r\n",
                    "99999999999999999999",
                    "-1",
                    "0",
                    "65536",
                    "%n",
                    "$(id)",
                    "`id`",
                    ";",
                    "|",
                    "/0",
                    "0.0.0.0",
                    "::",
                    ",10.0.0.0/8",
                    " } ",
                    "timeout 1s");

    /** Names that a request may hold; anything else must not come through. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,23}");

    /** Nor may anything but one source and a time go into a packet rule. */
    private static final Pattern DROP =
            Pattern.compile(
                    "lift-all|(drop|lift) ([0-9.]+/32|[0-9a-f:]+:0:0:0:0/64)( [1-9][0-9]{0,5})?");

    private static boolean isOfAName(String asked) {
        return NAME.matcher(asked.split(" ")[1]).matches();
    }

    @TempDir private Path directory;

    private final RecordedLauncher launcher = new RecordedLauncher();
    private BrokerServer server;

    @BeforeEach
    void open() throws IOException {
        long uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        server =
                BrokerServer.open(
                        launcher,
                        launcher,
                        launcher,
                        launcher,
                        Set.of(ServiceName.JUPYTER),
                        uid,
                        socket());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void mutatedRequestsHarmNothingAndTheNextGoodOneIsAnswered() throws Exception {
        Random random = new Random(SEED);
        BrokerClient client = new BrokerClient(socket());
        for (int round = 0; round < ROUNDS; round++) {
            send(mutated(random));
            if (round % 100 == 0) {
                assertThat(client.isolation(ADA)).as("after round " + round).hasSize(2);
            }
        }
        assertThat(client.start(ADA, ServiceName.JUPYTER)).isNotNull();
        assertThat(launcher.asked).isNotEmpty();
        assertThat(launcher.asked)
                .allSatisfy(asked ->
                        assertThat(DROP.matcher(asked).matches() || isOfAName(asked))
                                .as(asked)
                                .isTrue());
    }

    @Test
    void noiseHarmsNothing() throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            send(noise);
        }
        assertThat(new BrokerClient(socket()).isolation(ADA)).hasSize(2);
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length + 1);
            bytes =
                    switch (random.nextInt(5)) {
                        case 0 -> joined(bytes, at, at, splinter(random)); // insert
                        case 1 -> joined(bytes, at, Math.min(bytes.length, at + 3), new byte[0]);
                        case 2 ->
                                joined(
                                        bytes,
                                        at,
                                        Math.min(bytes.length, at + 1),
                                        new byte[] {(byte) random.nextInt()});
                        case 3 -> joined(bytes, at, at, bytes); // twice
                        default -> joined(bytes, at, bytes.length, new byte[0]); // cut
                    };
        }
        return bytes;
    }

    private static byte[] splinter(Random random) {
        return SPLINTERS.get(random.nextInt(SPLINTERS.size())).getBytes(UTF_8);
    }

    private static byte[] joined(byte[] bytes, int from, int to, byte[] between) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(between);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    /** Sends and hangs up, reading nothing. */
    private void send(byte[] bytes) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("roken pipe"); // it was closed at what is no line
        }
    }

    private Path socket() {
        return directory.resolve("broker");
    }
}

package dev.keyhole.system.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keyhole.system.AuditTrail;
import dev.keyhole.system.AuditTrail.Event;
import dev.keyhole.system.Door;
import dev.keyhole.system.LoopbackServer;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** U11 of the security bar: what the audit says about bytes is exact, and what it says about time is what the client saw. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExactBytesTest {
    private static final int UP = 1_234_567;
    private static final int DOWN = 3_333_333;
    private static final Duration HELD = Duration.ofMillis(1_500);
    private static final long TOLERANCE_MILLIS = 100;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final LoopbackServer server =
            new LoopbackServer(visitor -> {
                if (visitor.getInputStream().readNBytes(UP).length == UP) {
                    visitor.getOutputStream().write(new byte[DOWN]);
                }
            });
    private Door door;

    @BeforeAll
    void up() {
        door = Door.up();
        door.keyhole("principal", "set", "ada", "--shell").orFail();
        door.keyhole("service", "add", "bulk", "--address", "localhost:" + server.port()).orFail();
        door.keyhole("service", "grant", "bulk", "ada").orFail();
        door.keyhole("workspace", "start", "ada").orFail();
    }

    @AfterAll
    void down() {
        server.close();
        if (door != null) {
            door.close();
        }
    }

    /** How long it surely was open, and how long it was at most, as the client's own clock tells. */
    private record Span(Duration least, Duration most) {
        void holds(Event event) {
            long millis = event.number("event.duration") / 1_000_000;
            assertThat(millis)
                    .as("the client: %s to %s", least, most)
                    .isBetween(
                            least.toMillis() - TOLERANCE_MILLIS,
                            most.toMillis() + TOLERANCE_MILLIS);
        }
    }

    @Test
    void aForwardsBytesAndTimeAreThoseOfTheClient() throws IOException {
        try (Tunnel tunnel = door.ssh().tunnel("bulk", server.port())) {
            int mark = door.audit().size();
            long before = System.nanoTime();
            long inside;
            long outside;
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort())) {
                socket.getOutputStream().write(new byte[UP]);
                assertThat(socket.getInputStream().readNBytes(1)).hasSize(1);
                inside = System.nanoTime(); // the service has answered: the forward is open
                Awaitility.await("it is open for some time")
                        .until(() -> System.nanoTime() - inside > HELD.toNanos());
                outside = System.nanoTime();
                assertThat(socket.getInputStream().readNBytes(DOWN)).hasSize(DOWN - 1);
            }
            Event closed = ended(mark, "forward-closed");
            Span span =
                    new Span(
                            Duration.ofNanos(outside - inside),
                            Duration.ofNanos(System.nanoTime() - before));

            assertThat(closed.number("source.bytes")).isEqualTo(UP);
            assertThat(closed.number("destination.bytes")).isEqualTo(DOWN);
            span.holds(closed);
            agreesWithItsTimes(closed, opened(mark));
        }
    }

    /** The two events' own times, which another clock of the door tells, are as far apart as the duration says. */
    private static void agreesWithItsTimes(Event closed, Event opened) {
        Duration apart =
                Duration.between(
                        Instant.parse(opened.text("@timestamp")),
                        Instant.parse(closed.text("@timestamp")));
        assertThat(closed.number("event.duration") / 1e6)
                .isCloseTo(apart.toMillis(), within(1_000.0));
    }

    private Event opened(int mark) {
        return door.audit()
                .await(mark, "an opening", event -> event.action().equals("forward-opened"));
    }

    @Test
    void aCommandsBytesAreThoseOfTheClient() throws IOException {
        Path input = Files.write(door.setup().place().resolve("input"), new byte[UP]);
        Path output = door.setup().place().resolve("output");
        int mark = door.audit().size();
        long before = System.nanoTime();
        Process ssh =
                new ProcessBuilder(
                                door.ssh()
                                        .command(
                                                "cat >/dev/null; sleep 1; head -c "
                                                        + DOWN
                                                        + " /dev/zero"))
                        .redirectInput(input.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Awaitility.await("the command's end").atMost(LONG).until(() -> !ssh.isAlive());
        assertThat(ssh.exitValue()).isZero();
        assertThat(Files.size(output)).isEqualTo(DOWN);

        Event ended = ended(mark, "command-ended");
        assertThat(ended.number("source.bytes")).isEqualTo(UP);
        assertThat(ended.number("destination.bytes")).isEqualTo(DOWN);
        new Span(Duration.ofSeconds(1), Duration.ofNanos(System.nanoTime() - before)).holds(ended);
    }

    @Test
    void whatAForwardCarriedIsInTheSumsToo() throws IOException {
        int mark = door.audit().size();
        try (Tunnel tunnel = door.ssh().tunnel("bulk", server.port());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort())) {
            socket.getOutputStream().write(new byte[UP]);
            assertThat(socket.getInputStream().readNBytes(DOWN)).hasSize(DOWN);
        }
        ended(mark, "forward-closed");
        long in = sum("source.bytes");
        long out = sum("destination.bytes");
        String told = door.keyhole("audit", "summary", "bytes", "--json").orFail().stdout();
        assertThat(told).contains("\"in\":" + in, "\"out\":" + out);
    }

    private long sum(String field) {
        return door.audit().events().stream()
                .filter(event -> event.action().matches("forward-closed|command-ended"))
                .mapToLong(event -> event.number(field))
                .sum();
    }

    /** The one that carried something: whether a tunnel's port accepts is tried with forwards that carry nothing. */
    private Event ended(int mark, String action) {
        AuditTrail audit = door.audit();
        return Awaitility.await("audited: " + action)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () ->
                                audit.since(mark).stream()
                                        .filter(event -> event.action().equals(action))
                                        .filter(event -> event.number("destination.bytes") > 0)
                                        .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }
}

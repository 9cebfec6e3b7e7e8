package dev.keyhole.system.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Door;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.SharedDoor;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which stock ssh asks for the notebook leads to it. */
@ExtendWith({SharedDoor.class, NoLeaks.class})
final class DestinationsTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "jupyter"})
    void eachSpellingLeadsToTheNotebook(String host, Door door) {
        try (Tunnel tunnel = door.ssh().tunnel(host, door.portOf("jupyter"))) {
            assertIsTheNotebook(curl(tunnel.url("/api").toString()));
        }
    }

    @Test
    void aNameLeadsThereOnWhateverPort(Door door) {
        try (Tunnel tunnel = door.ssh().tunnel("jupyter", 1)) {
            assertIsTheNotebook(curl(tunnel.url("/api").toString()));
        }
    }

    @Test
    void aBrowserBehindSocksUsesTheName(Door door) {
        int local = Ports.free();
        try (Tunnel socks = door.ssh().with("-N", "-D", "127.0.0.1:" + local).background(local)) {
            String proxy = "127.0.0.1:" + socks.localPort();
            assertIsTheNotebook(curl("--socks5-hostname", proxy, "http://jupyter/api"));
            assertIsTheNotebook(
                    curl(
                            "--socks5-hostname",
                            proxy,
                            "http://localhost:" + door.portOf("jupyter") + "/api"));
            assertThat(curl("--socks5-hostname", proxy, "http://example.org/").exit()).isNotZero();
        }
    }

    @Test
    void standardInputAndOutputLeadThere(Door door) throws IOException, InterruptedException {
        Process ssh =
                new ProcessBuilder(door.ssh().with("-W", "jupyter:80").command())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var in = ssh.getOutputStream();
                var out = ssh.getInputStream()) {
            in.write("GET /api HTTP/1.0\r\nHost: jupyter\r\n\r\n".getBytes(UTF_8));
            in.flush();
            assertThat(new String(out.readAllBytes(), UTF_8)).contains("200 OK", "\"version\"");
        }
        assertThat(ssh.waitFor()).isZero();
    }

    private static Ran curl(String... words) {
        String[] command = new String[words.length + 2];
        command[0] = "curl";
        command[1] = "-sSf";
        System.arraycopy(words, 0, command, 2, words.length);
        return Ran.of(Duration.ofSeconds(60), command);
    }

    private static void assertIsTheNotebook(Ran curl) {
        assertThat(curl.exit()).as(curl.toString()).isZero();
        assertThat(curl.stdout()).contains("\"version\"");
    }
}

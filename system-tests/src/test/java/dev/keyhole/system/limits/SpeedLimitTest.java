package dev.keyhole.system.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bytes per second of a principal, over all its forwards: slower, whole, and in turns. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SpeedLimitTest {
    private static final int SIZE = 3 << 20;

    /** As the notebook's page asks for it: four letters for three bytes. */
    private static final String LARGE = "/api/contents/large.bin?type=file&format=base64";

    private final ServedDoor door = ServedDoor.of("limits: {bytes-per-second: 1MiB}", "ada");

    @BeforeAll
    void makeAFile() throws IOException {
        door.ssh("ada").run("keyhole", "start").orFail();
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        Files.write(file(), bytes);
    }

    private Path file() {
        return door.homeOf("ada").resolve("large.bin");
    }

    @AfterAll
    void close() {
        door.close();
    }

    @Test
    void aDownloadTakesItsTimeAndArrivesWhole() throws IOException {
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888)) {
            Path copy = Files.createTempFile("large", ".bin");
            try {
                double seconds = seconds(get(tunnel, LARGE, "-o", copy.toString()).orFail());
                assertThat(seconds).isBetween(3.3, 9.0);
                String text =
                        JsonParser.parseString(Files.readString(copy))
                                .getAsJsonObject()
                                .get("content")
                                .getAsString();
                assertThat(Base64.getMimeDecoder().decode(text))
                        .isEqualTo(Files.readAllBytes(file()));
            } finally {
                Files.delete(copy);
            }
        }
    }

    @Test
    void anUploadTakesItsTimeToo() {
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888)) {
            Ran put =
                    get(
                            tunnel,
                            "/api/nothing-takes-this",
                            "-o",
                            "/dev/null",
                            "-H",
                            "Expect:",
                            "-T",
                            file().toString());
            assertThat(seconds(put)).isBetween(2.5, 8.0);
        }
    }

    @Test
    void twoSessionsShareTheOneLimit() {
        try (Tunnel one = door.ssh("ada").tunnelTo(8888);
                Tunnel other = door.ssh("ada").tunnelTo(8888)) {
            CompletableFuture<Ran> first = large(one);
            CompletableFuture<Ran> second = large(other);
            assertThat(Math.max(seconds(first.join()), seconds(second.join()))).isGreaterThan(6.5);
            assertThat(Math.min(seconds(first.join()), seconds(second.join()))).isGreaterThan(5.0);
        }
    }

    @Test
    void aShortAnswerDoesNotWaitForALongOne() {
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888)) {
            CompletableFuture<Ran> large = large(tunnel);
            List<Double> small = new ArrayList<>();
            while (!large.isDone()) {
                small.add(seconds(get(tunnel, "/api", "-o", "/dev/null").orFail()));
            }
            small.sort(null);
            assertThat(small.size()).as("short answers during a long one").isGreaterThan(3);
            assertThat(small.get(small.size() / 2)).isLessThan(0.5);
        }
    }

    @Test
    void theAuditHoldsWhatPassed() {
        int mark = door.audit().size();
        Ran ran;
        try (Tunnel tunnel = door.ssh("ada").tunnelTo(8888)) {
            ran = get(tunnel, LARGE, "-o", "/dev/null").orFail();
        }
        String[] sizes = ran.stdout().split(" ");
        var closed =
                door.audit()
                        .await(
                                mark,
                                "the download's end",
                                event ->
                                        event.action().equals("forward-closed")
                                                && event.number("destination.bytes") > SIZE);
        assertThat(closed.number("source.bytes")).isEqualTo(Long.parseLong(sizes[1]));
        assertThat(closed.number("destination.bytes"))
                .isEqualTo(Long.parseLong(sizes[2]) + Long.parseLong(sizes[3]));
    }

    private static CompletableFuture<Ran> large(Tunnel tunnel) {
        return CompletableFuture.supplyAsync(
                () -> get(tunnel, LARGE, "-o", "/dev/null").orFail(),
                task -> Thread.ofVirtual().start(task));
    }

    /** Prints seconds, and the bytes of the request of the answer's header and of the answer. */
    private static Ran get(Tunnel tunnel, String path, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "curl",
                                "-sS",
                                "-w",
                                "%{time_total} %{size_request} %{size_header} %{size_download}"));
        command.addAll(List.of(more));
        command.add(tunnel.url(path).toString());
        return Ran.of(Duration.ofSeconds(60), command);
    }

    private static double seconds(Ran ran) {
        return Double.parseDouble(ran.stdout().split(" ")[0]);
    }
}

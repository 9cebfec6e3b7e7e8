package dev.keyhole.system.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.Ssh;
import dev.keyhole.system.Tunnel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The door's numbers through a real tunnel: for an admin, for nobody else, and without another port. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MetricsServiceTest {
    private static final int SIZE = 24 << 20;

    /** As the notebook's page asks for it. */
    private static final String NOISE = "/api/contents/noise.bin?type=file&format=base64";

    private final ServedDoor door = ServedDoor.of("metrics: {service: on}", "ada");
    private final Operated operated = new Operated(door);

    @BeforeAll
    void makeAFile() throws IOException {
        door.ssh("ada").run("keyhole", "start").orFail();
        byte[] bytes = new byte[SIZE];
        new Random(4).nextBytes(bytes);
        Files.write(file(), bytes);
    }

    private Path file() {
        return door.homeOf("ada").resolve("noise.bin");
    }

    @AfterEach
    void nobodyIsAdmin() {
        door.keyhole("principal", "set", "ada", "--role", "member");
    }

    @AfterAll
    void close() {
        door.close();
    }

    private void makeAdmin() {
        door.keyhole("principal", "set", "ada", "--role", "admin").orFail();
    }

    @Test
    void anAdminScrapesThroughTheTunnelAndTheForwardIsAudited() {
        makeAdmin();
        int mark = door.audit().size();
        try (Tunnel tunnel = door.ssh("ada").tunnel("metrics", 80)) {
            Exposition scraped = Exposition.of(get(tunnel, "/metrics").orFail().stdout());
            assertThat(scraped.value("keyhole_sessions")).isEqualTo(1);
            assertThat(scraped.value("keyhole_forwards{kind=\"metrics\"}")).isPositive();
            assertThat(scraped.value("keyhole_forwards{kind=\"service\"}")).isZero();
            assertThat(get(tunnel, "/healthz").orFail().stdout()).startsWith("ok\n");
            assertThat(get(tunnel, "/").exit()).isEqualTo(22); // curl -f: an error of HTTP
        }
        door.audit()
                .await(
                        mark,
                        "the forward",
                        event ->
                                event.action().equals("forward-opened")
                                        && event.fields().toString().contains("\"metrics\""));
    }

    @Test
    void aMemberIsToldWhatItIsToldOfAnyUnknownName() {
        String metrics = refusal("metrics");
        String other = refusal("grafana");
        assertThat(metrics)
                .contains("SERVICE_UNKNOWN")
                .isEqualTo(other.replace("grafana", "metrics"));
        assertThat(door.ssh("ada").run("keyhole", "services").orFail().stdout())
                .doesNotContain("metrics");
    }

    /** What stock ssh prints for {@code -W}, without what differs from call to call. */
    private String refusal(String host) {
        Ran ran = door.ssh("ada").with("-W", host + ":80").run();
        assertThat(ran.exit()).isEqualTo(255);
        return ran.stderr().replaceAll("(?m)^Warning: .*\n", "");
    }

    @Test
    void anAdminIsShownHowAndWhoIsNoneAnyMoreGetsNoFurtherForward() {
        makeAdmin();
        assertThat(door.ssh("ada").run("keyhole", "services").orFail().stdout())
                .contains("-L 9090:metrics:80");
        try (Tunnel tunnel = door.ssh("ada").tunnel("metrics", 80)) {
            get(tunnel, "/metrics").orFail();
            nobodyIsAdmin();
            assertThat(get(tunnel, "/metrics").exit()).isNotZero();
            Awaitility.await("ssh says why")
                    .untilAsserted(() -> assertThat(tunnel.output()).contains("SERVICE_UNKNOWN"));
        }
    }

    /** The commands of docs/operations.md. */
    @Test
    void aMachineThatScrapesHasAKeyThatReachesNothingElse() {
        assumeTrue(OtherUser.weAreRoot(), "a second principal takes root");
        door.keyhole("principal", "add", "prometheus", "--role", "admin").orFail();
        try {
            KeyFile key = KeyFile.make(Objects.requireNonNull(door.home().getParent()), "scraper");
            String line = key.publicFile().toString();
            door.keyhole("key", "add", "prometheus", "--services", "metrics", line).orFail();
            Ssh scraper = door.ssh("ada").as("prometheus").withKey(key);
            try (Tunnel tunnel = scraper.tunnel("metrics", 80)) {
                Exposition.of(get(tunnel, "/metrics").orFail().stdout());
            }
            assertThat(scraper.with("-W", "localhost:8888").run().stderr())
                    .contains("SERVICE_NOT_PERMITTED");
        } finally {
            door.keyhole("principal", "remove", "prometheus", "--yes").orFail();
        }
    }

    @Test
    void theSshPortStaysTheOnlyTcpPort() {
        makeAdmin();
        try (Tunnel tunnel = door.ssh("ada").tunnel("metrics", 80)) {
            get(tunnel, "/metrics").orFail();
            List<String> pids =
                    Processes.of(door.home()).stream()
                            .map(process -> "pid=" + process.split(" ")[0] + ",")
                            .toList();
            List<String> ours =
                    Ran.of(Duration.ofSeconds(10), "ss", "-H", "-ltnp")
                            .orFail()
                            .stdout()
                            .lines()
                            .filter(line -> pids.stream().anyMatch(line::contains))
                            .toList();
            assertThat(ours).hasSize(1).allMatch(line -> line.contains(":" + door.port() + " "));
        }
    }

    /** Through one connection, as Prometheus does it; a download beside it arrives whole. */
    @Test
    void aHundredScrapesBesideADownloadCostNothingVisible() throws Exception {
        makeAdmin();
        try (Tunnel notebook = door.ssh("ada").tunnelTo(8888);
                Tunnel metrics = door.ssh("ada").tunnel("metrics", 80)) {
            double alone = download(notebook).join();
            get(metrics, "/metrics").orFail();
            double files = operated.metrics().value("process_open_fds");
            int mark = door.audit().size();

            CompletableFuture<Double> beside = download(notebook);
            Ran scrapes =
                    Ran.of(
                            Duration.ofSeconds(60),
                            "curl",
                            "-sSf",
                            "-o",
                            "/dev/null",
                            "-w",
                            "%{http_code} %{time_total}\\n",
                            metrics.url("/metrics?[1-100]").toString());
            double busy = beside.join();

            scrapes.orFail();
            assertThat(scrapes.stdout().lines()).hasSize(100).allMatch(l -> l.startsWith("200 "));
            double slowest =
                    scrapes.stdout()
                            .lines()
                            .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                            .sorted()
                            .skip(95)
                            .findFirst()
                            .orElseThrow();
            System.out.printf(
                    "100 scrapes: p95 %.1f ms; 24 MiB in %.2f s alone, %.2f s beside them%n",
                    slowest * 1e3, alone, busy);
            assertThat(slowest).as("p95 of a scrape, in seconds").isLessThan(0.5);
            assertThat(busy).as("seconds of a download").isLessThan(3 * alone + 2);
            assertThat(
                            door.audit().since(mark).stream()
                                    .filter(event -> event.action().equals("forward-opened"))
                                    .filter(event ->
                                            event.fields().toString().contains("\"metrics\"")))
                    .as("one forward carries all scrapes")
                    .hasSize(1);
            Awaitility.await("nothing stays open")
                    .untilAsserted(() ->
                            assertThat(operated.metrics().value("process_open_fds"))
                                    .isLessThanOrEqualTo(files + 4));
        }
    }

    /** Seconds that it took; the bytes are the file's. */
    private CompletableFuture<Double> download(Tunnel tunnel) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Path copy = Files.createTempFile("noise", ".bin");
                try {
                    Ran ran =
                            Ran.of(
                                            Duration.ofSeconds(60),
                                            "curl",
                                            "-sSf",
                                            "-o",
                                            copy.toString(),
                                            "-w",
                                            "%{time_total}",
                                            tunnel.url(NOISE).toString())
                                    .orFail();
                    assertThat(content(copy)).isEqualTo(Files.readAllBytes(file()));
                    return Double.parseDouble(ran.stdout());
                } finally {
                    Files.delete(copy);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static byte[] content(Path answer) throws IOException {
        String text =
                JsonParser.parseString(Files.readString(answer))
                        .getAsJsonObject()
                        .get("content")
                        .getAsString();
        return Base64.getMimeDecoder().decode(text);
    }

    private static Ran get(Tunnel tunnel, String path) {
        return Ran.of(Duration.ofSeconds(20), "curl", "-sSf", tunnel.url(path).toString());
    }
}

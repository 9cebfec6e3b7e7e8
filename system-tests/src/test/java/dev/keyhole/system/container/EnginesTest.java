package dev.keyhole.system.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Processes;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engines that other tests rely on are real, come back after a kill, and leave the machine as it was. */
@ExtendWith(NoLeaks.class)
class EnginesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Path place = Places.fresh("engines");

    @BeforeEach
    void enginesOfOurOwn() {
        assumeThat(OtherUser.weAreRoot()).as("engines need root").isTrue();
    }

    @AfterEach
    void nothingIsLeft() {
        Places.remove(place);
    }

    @Test
    void podmanServesAndItsContainersOutliveAKill() {
        leavesTheMachineAsItWas(
                Podman::new, engine -> assertThat(status(engine, "lasting")).isEqualTo("running"));
    }

    @Test
    void dockerServesAndEndsItsContainersWhenItComesBack() {
        leavesTheMachineAsItWas(
                Dockerd::open, engine -> assertThat(status(engine, "lasting")).isEqualTo("exited"));
    }

    @Test
    void dockerWithBridgesHasNetworksThatThisMachineDoesNotSee() {
        leavesTheMachineAsItWas(
                Dockerd::withBridges,
                engine -> {
                    engine.run("start", "lasting").orFail();
                    engine.run("network", "create", "own").orFail();
                    engine.run("network", "connect", "own", "other").orFail();
                    assertThat(engine.run("exec", "other", "busybox", "ip", "-o", "link").stdout())
                            .contains("eth0");
                });
    }

    private interface Look {
        void at(Engine engine);
    }

    private void leavesTheMachineAsItWas(Supplier<Engine> made, Look afterTheKill) {
        List<String> before = traces();
        Path home;
        try (Engine engine = made.get()) {
            Path socket = engine.socket();
            home = Objects.requireNonNull(socket.getParent());
            assertThat(ApiService.answers(socket)).isTrue();
            Path archive =
                    Busybox.running("/bin/busybox", "sleep", "1000")
                            .write(place.resolve("busybox.tar"));
            engine.load(archive, "localhost/busybox:1");
            start(engine, "lasting", "none");
            start(engine, "other", engine.bridges() ? "bridge" : "none");
            assertThat(engine.containers()).containsExactlyInAnyOrder("lasting", "other");
            assertThat(engine.run("exec", "lasting", "busybox", "echo", "hello").orFail().stdout())
                    .isEqualTo("hello\n");

            engine.kill();
            assertThat(ApiService.answers(socket)).isFalse();
            engine.serve();
            assertThat(ApiService.answers(socket)).isTrue();
            assertThat(engine.containers()).containsExactlyInAnyOrder("lasting", "other");
            engine.run("rm", "--force", "other").orFail();
            start(engine, "other", engine.bridges() ? "bridge" : "none");
            afterTheKill.at(engine);
        }
        assertThat(home).doesNotExist();
        await().atMost(SOON).untilAsserted(() -> assertThat(Processes.of(home)).isEmpty());
        await().atMost(SOON).untilAsserted(() -> assertThat(traces()).isEqualTo(before));
    }

    private static void start(Engine engine, String name, String network) {
        engine.run(
                        "run",
                        "--detach",
                        "--name",
                        name,
                        "--network",
                        network,
                        "--read-only",
                        "--cap-drop=all",
                        "--security-opt=no-new-privileges",
                        "--memory=64m",
                        "--pids-limit=100",
                        "--cpus=0.5",
                        "localhost/busybox:1")
                .orFail();
    }

    private static String status(Engine engine, String container) {
        return engine.inspect(container, "{{.State.Status}}");
    }

    /** What engines could leave: mounts, tables, links, namespaces, forwarding, and files beside their own. */
    private static List<String> traces() {
        try (Stream<Path> files = Files.list(Path.of("/var/tmp"))) {
            return Stream.of(
                            Files.readAllLines(Path.of("/proc/self/mounts")).stream(),
                            said("nft", "list", "tables"),
                            said("ip", "-o", "link").map(line -> line.split(":")[1]),
                            said("ip", "netns", "list"),
                            Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_forward")).stream(),
                            files.map(Path::toString)
                                    .filter(name ->
                                            name.contains("keyhole-pod-")
                                                    || name.contains("keyhole-docker-")),
                            groups())
                    .flatMap(lines -> lines.sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> groups() throws IOException {
        try (Stream<Path> trees = Files.list(Path.of("/sys/fs/cgroup"))) {
            return trees
                    .filter(Files::isDirectory)
                    .flatMap(tree -> said("find", tree.toString(), "-maxdepth", "1", "-type", "d"))
                    .filter(name -> name.contains("keyhole-docker-"))
                    .toList()
                    .stream();
        }
    }

    private static Stream<String> said(String... command) {
        return Ran.of(SOON, command).stdout().lines();
    }
}

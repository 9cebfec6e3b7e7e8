package dev.keyhole.system.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.keyhole.system.KeyFile;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.image.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can go wrong before a container runs is said in the engine's own words, with the next move, and leaves nothing. */
@ExtendWith(NoLeaks.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContainerTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path place = Places.fresh("trouble");
    private int homes;
    private Engine docker;
    private Engine podman;

    @BeforeAll
    void engines() {
        assumeThat(OtherUser.weAreRoot()).as("these engines need root").isTrue();
        docker = Dockerd.open();
        podman = new Podman();
    }

    @AfterAll
    void nothingIsLeft() {
        if (docker != null) {
            docker.close();
        }
        if (podman != null) {
            podman.close();
        }
        Places.remove(place);
    }

    @Test
    void anEngineThatIsNotThereIsSaidBeforeTheDoorOpens() throws IOException {
        Ran ran = serve(true, place.resolve("no-such-socket"));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.stderr())
                .contains(
                        "There is no container engine at ",
                        "`container.engine`",
                        "Nothing was started")
                .doesNotContain("\tat ");
    }

    @Test
    void anEngineThatKeepsUsOutIsSaidWithAWarningAboutItsGroup() throws IOException {
        Ran ran = serve(false, podman.socket());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.stderr())
                .contains("the group docker would be as good as root")
                .doesNotContain("\tat ");
    }

    @Test
    void somebodyWhoHasTheNumberOfEverybodyInsideIsNamed() throws IOException {
        Ran.of(PATIENCE, "useradd", "--no-create-home", "--uid", "10001", "khnumber").orFail();
        try {
            Ran ran = serve(true, podman.socket());

            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.stderr())
                    .contains("The OS user khnumber has the number 10001", "usermod -u");
        } finally {
            Ran.of(PATIENCE, "userdel", "khnumber").orFail();
        }
    }

    private Ran serve(boolean asRoot, Path socket) throws IOException {
        Path home = Files.createDirectory(place.resolve("home-" + ++homes));
        KeyFile key = KeyFile.make(home, "alice");
        Path config =
                Files.writeString(
                        home.resolve("keyhole.yaml"),
                        """
                        listen: 127.0.0.1:%d
                        home: %s/home
                        launcher: container
                        container: {image: localhost/none, engine: %s}
                        principals:
                          alice: {key-files: [%s]}
                        """
                                .formatted(Ports.free(), home, socket, key.publicFile()));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Places.command().toString(),
                                "serve",
                                "--config",
                                config.toString()));
        if (!asRoot) {
            Ran.of(PATIENCE, "chown", "-R", "65534:65534", home.toString()).orFail();
            command = OtherUser.NOBODY.command(command.toArray(String[]::new));
        }
        return Ran.of(PATIENCE, command);
    }

    @Test
    void anImageThatIsNotInItsRegistry() {
        try (Registry registry = Registry.open()) {
            assertThat(refused(docker, registry.reference("none:1")))
                    .containsAnyOf("not found", "manifest unknown")
                    .contains("Look at `container.image` in the config");
        }
    }

    @Test
    void aRegistryThatIsDown() {
        assertThat(refused(docker, "127.0.0.1:" + Ports.free() + "/image:1"))
                .contains("connection refused", "Look at the registry and the network");
    }

    @Test
    void aRegistryThatWantsALogin() {
        try (Registry registry = Registry.withLogins()) {
            assertThat(refused(docker, registry.reference("image:1")))
                    .contains("Log the engine in to that registry");
        }
    }

    @Test
    void aDiskThatIsFullWhileTheImageIsPulled() {
        try (Registry registry = Registry.open();
                Engine small = Dockerd.onDiskOf(8)) {
            String image = registry.reference("big:1");
            Path tar = Busybox.ofMegabytes(24).write(place.resolve("big.tar"));
            docker.load(tar, image);
            docker.run("push", image).orFail();

            assertThat(refused(small, image))
                    .contains("no space left on device", "Free space where the engine keeps");
            assertThat(small.run("images", "-q").orFail().stdout()).isEmpty();
        }
    }

    @Test
    void anImageThatIsNoneOfOurs() {
        Path tar =
                Busybox.running("/bin/sh", "-c", "echo I am something else")
                        .write(place.resolve("other.tar"));
        podman.load(tar, "localhost/other:1");

        assertThat(refused(podman, "localhost/other:1"))
                .contains("I am something else")
                .as("whether or not it was seen running")
                .containsAnyOf("ended at once", "ended before it answered");
    }

    @Test
    void anImageForAnotherArchitecture() {
        Path tar = Busybox.foreign().write(place.resolve("foreign.tar"));
        for (Engine engine : List.of(podman, docker)) {
            engine.load(tar, "localhost/foreign:1");

            assertThat(refused(engine, "localhost/foreign:1"))
                    .as(engine.toString())
                    .containsIgnoringCase("exec format error");
        }
    }

    /** What alice is told, and her status says, whose workspace cannot start; afterwards no container is there, and the door lives. */
    private static String refused(Engine engine, String image) {
        try (ServedDoor door =
                ServedDoor.of(
                        """
                        launcher: container
                        container: {image: "%s", engine: %s, network: none}
                        """
                                .formatted(image, engine.socket()),
                        "alice")) {
            Ran ran = door.ssh("alice").run("keyhole", "start");

            assertThat(ran.exit()).as(ran.all()).isNotZero();
            assertThat(ran.all()).doesNotContain("\tat ", "Exception");
            String status = door.ssh("alice").run("keyhole", "status").stdout();
            assertThat(status).contains("FAILED");
            await("also the start of the other service is over")
                    .atMost(PATIENCE)
                    .until(() -> engine.containers().isEmpty());
            return ran.all() + status;
        }
    }
}

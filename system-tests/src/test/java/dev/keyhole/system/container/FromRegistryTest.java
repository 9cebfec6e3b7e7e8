package dev.keyhole.system.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.OtherUser;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import dev.keyhole.system.ServedDoor;
import dev.keyhole.system.image.Bases;
import dev.keyhole.system.image.Image;
import dev.keyhole.system.image.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the registry to the person who waits: the first pull is watched, and what is offered comes with the next start. */
@ExtendWith(NoLeaks.class)
final class FromRegistryTest {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:\\S+");

    @Test
    void theFirstPullIsWatchedAndAnOfferedImageComesWithTheNextStart() throws Exception {
        assumeTrue(OtherUser.weAreRoot(), "these engines need root");
        Path place = Places.fresh("from-registry");
        try (Registry registry = Registry.open();
                Engine engine = Dockerd.open()) {
            String image = registry.reference("workspace");
            Image.keyhole("build", "--from", Bases.jupyter().toString(), "--to", image + ":1")
                    .orFail();
            try (ServedDoor door =
                    ServedDoor.of(
                            """
                            launcher: container
                            container: {image: "%s:1", engine: %s, network: none}
                            """
                                    .formatted(image, engine.socket()),
                            "alice")) {
                aPullIsSeenByWhoeverWaits(door, place);
                offeredThenRolledBack(door, engine, image);
            }
            assertThat(engine.containers()).isEmpty();
        } finally {
            Places.remove(place);
        }
    }

    private static void aPullIsSeenByWhoeverWaits(ServedDoor door, Path place) throws Exception {
        Path said = place.resolve("open.err");
        Process open = open(door, said);
        try {
            await("keyhole open tells of the pull: " + said)
                    .atMost(SOON)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> Files.readString(said).contains("starting jupyter: pulling "));
            assertThat(door.ssh("alice").run("keyhole", "status").orFail().stdout())
                    .containsPattern(
                            "jupyter +starting for \\d+ s\n +\\| pulling \\d+ of \\d+ layers");
            await("it is ready")
                    .atMost(SOON)
                    .until(() ->
                            Files.readString(place.resolve("open.out"))
                                    .contains("jupyter is ready"));
        } finally {
            open.destroy();
            open.waitFor();
        }
    }

    private static Process open(ServedDoor door, Path said) throws IOException {
        Matcher hostKey = FINGERPRINT.matcher(door.said());
        assertThat(hostKey.find()).as(door.said()).isTrue();
        return new ProcessBuilder(
                        Places.command().toString(),
                        "open",
                        "--no-browser",
                        "--local",
                        "" + Ports.free(),
                        "--accept-host-key",
                        hostKey.group(),
                        "--key",
                        door.key("alice").file().toString(),
                        "alice@127.0.0.1:" + door.port())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(said.resolveSibling("open.out").toFile())
                .redirectError(said.toFile())
                .start();
    }

    /** The offer is what `keyhole image update --home` writes. */
    private static void offeredThenRolledBack(ServedDoor door, Engine engine, String image)
            throws IOException {
        String container = engine.containers().getFirst();
        String old = digest(engine, image + ":1");
        engine.run("commit", "--change", "LABEL newer=yes", container, image + ":2").orFail();
        engine.run("push", image + ":2").orFail();
        String newer = digest(engine, image + ":2");
        assertThat(newer).isNotEqualTo(old);
        engine.run("rmi", image + ":2").orFail();
        Path offered = door.home().resolve("images/offered");
        Files.createDirectories(offered.getParent());
        Files.writeString(offered, "current " + newer + "\nformer " + old + "\n");

        assertThat(label(engine, container, "newer")).as("what runs goes on").isEmpty();
        again(door);
        assertThat(label(engine, container, "newer")).isEqualTo("yes");
        assertThat(label(engine, container, "dev.keyhole.image")).isEqualTo(newer);

        Ran back = Image.keyhole("rollback", "--home", door.home().toString());
        assertThat(back.exit()).as(back.all()).isZero();
        again(door);
        assertThat(label(engine, container, "newer")).isEmpty();
        assertThat(label(engine, container, "dev.keyhole.image")).isEqualTo(old);
    }

    private static void again(ServedDoor door) {
        door.ssh("alice").run("keyhole", "stop").orFail();
        door.ssh("alice").run("keyhole", "start").orFail();
    }

    private static String digest(Engine engine, String image) {
        return engine.inspect(image, "{{index .RepoDigests 0}}");
    }

    private static String label(Engine engine, String container, String name) {
        return engine.inspect(container, "{{index .Config.Labels \"" + name + "\"}}");
    }
}

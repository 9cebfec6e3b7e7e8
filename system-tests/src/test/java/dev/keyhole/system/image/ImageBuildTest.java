package dev.keyhole.system.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.system.Places;
import dev.keyhole.system.Ports;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code keyhole image build}: from and to a real registry, and what it says when it cannot. */
class ImageBuildTest {
    private final Path place = Places.fresh("build");

    @AfterEach
    void nothingIsLeft() {
        Places.remove(place);
    }

    @Test
    void fromAFileToARegistryAndFromThereToAFile() throws IOException {
        try (Registry registry = Registry.open()) {
            String first = registry.reference("lab/workspace:1");
            String base = Bases.jupyter().toString();
            String digest = Image.member(build(base, "--to", first), "digest");
            assertThat(Image.member(build(base, "--to", first), "digest")).isEqualTo(digest);

            // Ours is a base as good as any: what it holds is read out of the registry.
            Path tar = place.resolve("workspace.tar");
            String json = build(first, "--tar", tar.toString());
            assertThat(json).contains("\"digest\":\"" + digest + "\"");
            assertThat(tar).isNotEmptyFile();
        }
    }

    @Test
    void aBaseWithoutJupyterIsRefused() throws IOException {
        Path tar = place.resolve("none.tar");
        Ran ran = refused(Bases.withoutJupyter().toString(), "--tar", tar.toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.stderr()).contains("BASE_WITHOUT_JUPYTER").contains("jupyter_server");
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void aBaseForAnotherArchitectureIsRefused() {
        Ran ran =
                refused(
                        Bases.jupyter().toString(),
                        "--arch",
                        "arm64",
                        "--tar",
                        place.resolve("none.tar").toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.stderr()).contains("BASE_ARCHITECTURE").contains("amd64");
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void aRegistryThatIsNotThereIsToldSoonAndBeforeAnythingIsRead() {
        long since = System.nanoTime();
        Ran ran = refused(Bases.jupyter().toString(), "--to", "127.0.0.1:" + Ports.free() + "/x:1");

        assertThat(ran.exit()).isEqualTo(4);
        assertThat(ran.stderr()).contains("REGISTRY_UNREACHABLE");
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void anInitThatWouldNotRunIsRefused() throws IOException {
        String base = Bases.jupyter().toString();
        Path tar = place.resolve("none.tar");
        Ran dynamic = refused(base, "--tar", tar.toString(), "--init", "/usr/bin/env");
        assertThat(dynamic.exit()).isEqualTo(1);
        assertThat(dynamic.stderr()).contains("is not static").contains("tini-static");

        Path script = Files.writeString(place.resolve("tini"), "#!/bin/sh\n");
        Ran text = refused(base, "--tar", tar.toString(), "--init", script.toString());
        assertThat(text.stderr()).contains("no program for Linux");
        assertThat(tar).doesNotExist();
    }

    @Test
    void whatIsNoReferenceIsAMistakeInTheCommand() {
        Ran ran = refused(Bases.jupyter().toString(), "--to", "UPPER/Case");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(refused("x", "--to", "a/b:1", "--tar", "c.tar").exit()).isEqualTo(2);
    }

    private static String build(String from, String... words) {
        return refused(from, words).orFail().stdout();
    }

    private static Ran refused(String from, String... words) {
        String[] all = new String[words.length + 4];
        all[0] = "build";
        all[1] = "--from";
        all[2] = from;
        System.arraycopy(words, 0, all, 3, words.length);
        all[words.length + 3] = "--json";
        return Image.keyhole(all);
    }
}

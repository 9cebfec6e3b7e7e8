package dev.keyhole.image.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed download left goes; what goes on stays. */
class LeftoversTest {
    @TempDir private Path folder;

    @Test
    void onlyWhatIsOldGoes() throws IOException {
        var dead = half("dead");
        var slow = half("slow");
        age(dead.resolve("layer"), Duration.ofHours(2));
        age(dead, Duration.ofHours(2));
        age(slow, Duration.ofHours(2)); // its file is still written to

        Leftovers.sweep(folder);

        assertThat(folder).isDirectoryContaining("glob:**/slow");
        assertThat(folder).isDirectoryNotContaining("glob:**/dead");
        assertThat(folder).isDirectoryNotContaining("glob:**/now-*");
    }

    @Test
    void aDirectoryThatIsNotThereIsFine() {
        Leftovers.sweep(folder.resolve("none"));
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private Path half(String name) throws IOException {
        var directory = Files.createDirectory(folder.resolve(name));
        Files.writeString(directory.resolve("layer"), "half");
        return directory;
    }

    private static void age(Path path, Duration by) throws IOException {
        var now = Files.getLastModifiedTime(path).toInstant();
        Files.setLastModifiedTime(path, FileTime.from(now.minus(by)));
    }
}

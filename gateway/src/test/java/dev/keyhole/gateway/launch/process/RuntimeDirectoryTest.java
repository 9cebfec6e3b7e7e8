package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeDirectoryTest {
    @TempDir private Path home;

    private RuntimeDirectory with(int room) {
        return new RuntimeDirectory(home.resolve("d"), home.resolve("note"), room, 0700);
    }

    @AfterEach
    void removeWhatIsOutsideTheHome() throws IOException {
        with(100).remove();
    }

    @Test
    void aShortHomeKeepsItsSocketsInside() throws IOException {
        assertThat(with(10).open()).isEqualTo(home.resolve("d"));
        assertThat(home.resolve("note")).doesNotExist();
    }

    @Test
    void aLongHomeGetsAPrivateDirectoryElsewhere() throws IOException {
        Path directory = with(100).open();

        assertThat(directory.toString()).hasSizeLessThan(30);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void theNextStartFindsTheSameDirectory() throws IOException {
        Path directory = with(100).open();

        assertThat(with(100).open()).isEqualTo(directory);
        assertThat(with(100).existing()).contains(directory);
    }

    @Test
    void aDirectoryThatOthersMayEnterIsNotUsedAgain() throws IOException {
        Path directory = with(100).open();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(with(100).open()).isNotEqualTo(directory);
        Files.delete(directory);
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        Path directory = with(100).open();
        Files.delete(directory);
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve("precious"));
        Files.createSymbolicLink(directory, elsewhere);

        assertThat(with(100).existing()).isEmpty();
        with(100).remove();
        assertThat(elsewhere.resolve("precious")).exists();
        Files.delete(directory);
    }

    @Test
    void removalTakesWhatIsInsideButNotWhatALinkPointsTo() throws IOException {
        Path directory = with(100).open();
        Path precious = Files.createFile(home.resolve("precious"));
        Files.createDirectories(directory.resolve("r/deep"));
        Files.createSymbolicLink(directory.resolve("r/link"), home);

        with(100).remove();

        assertThat(directory).doesNotExist();
        assertThat(precious).exists();
    }
}

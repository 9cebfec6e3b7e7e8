package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.config.HomeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeDirectoriesTest {
    @TempDir private Path directory;

    @Test
    void whatTheDoorKeepsIsPrivate() throws IOException, CannotStart {
        HomeLayout home = new HomeLayout(directory.resolve("a/b"));
        make(home, false);

        assertThat(rights(home.home())).isEqualTo("rwx------");
        assertThat(rights(home.door())).isEqualTo("rwx------");
        assertThat(rights(home.audit())).isEqualTo("rwx------");
        assertThat(rights(home.log())).isEqualTo("rwx------");
        assertThat(rights(home.authLogs())).isEqualTo("rwxr-x---");
        make(home, false);
    }

    @Test
    void aHostKeyThatOthersMayReadIsRefused() throws IOException, CannotStart {
        HomeLayout home = new HomeLayout(directory.resolve("home"));
        make(home, false);
        Files.writeString(home.hostKey(), "secret");
        Files.setPosixFilePermissions(home.hostKey(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> make(home, false))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(home.hostKey().toString())
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aFileInTheWayLeavesNothingBehind() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        HomeLayout home = new HomeLayout(directory.resolve("file/home"));

        assertThatThrownBy(() -> make(home, false))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Nothing was started");
        assertThat(directory).isDirectoryContaining(entry -> entry.endsWith("file"));
    }

    @Test
    void aHomeThatOtherUsersCannotReachIsRefusedWithTheDirectoryInTheWay() throws IOException {
        Path closed = directory.resolve("closed");
        Files.createDirectory(
                closed,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        HomeLayout home = new HomeLayout(closed.resolve("home"));

        assertThatThrownBy(() -> make(home, true))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("chmod o+x " + closed);
        assertThat(closed).isEmptyDirectory();
    }

    private static void make(HomeLayout home, boolean separateUsers) throws CannotStart {
        new HomeDirectories(home, separateUsers, Optional.empty()).make();
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}

package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.config.HomeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir private Path directory;
    private HomeLayout home = new HomeLayout(Path.of("/"));

    @BeforeEach
    void makeHome() throws IOException {
        home = new HomeLayout(directory);
        Files.createDirectories(home.run());
    }

    @Test
    void onlyOneHasItAndEverybodySeesWho() throws IOException {
        try (HomeLock lock = HomeLock.take(home, "up").orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(HomeLock.take(home, "up")).isEmpty();
            assertThat(HomeLock.owner(home)).contains(new HomeLock.Owner(ProcessId.ours(), "up"));
        }
        assertThat(HomeLock.owner(home)).isEmpty();
        HomeLock.take(home, "serve").orElseThrow().close();
    }

    @Test
    void aPidThatBelongsToAnotherProcessNowIsNoOwner() throws IOException {
        ProcessId ours = ProcessId.ours();
        Files.writeString(home.upPid(), new ProcessId(ours.pid(), ours.startTime() - 1) + "\nup\n");

        assertThat(HomeLock.owner(home)).isEmpty();
    }

    @Test
    void aDamagedRecordIsNoOwner() throws IOException {
        Files.writeString(home.upPid(), "x");

        assertThat(HomeLock.owner(home)).isEmpty();
        assertThat(ProcessId.parse("1 2 3")).isEmpty();
        assertThat(ProcessId.parse(ProcessId.ours().toString())).contains(ProcessId.ours());
    }
}

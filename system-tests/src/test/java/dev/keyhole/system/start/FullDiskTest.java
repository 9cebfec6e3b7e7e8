package dev.keyhole.system.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyhole.system.DoorSetup;
import dev.keyhole.system.NoLeaks;
import dev.keyhole.system.Places;
import dev.keyhole.system.Ran;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home on a full disk: a clear sentence, and no half-written file that a later start would trip over. */
@ExtendWith(NoLeaks.class)
final class FullDiskTest {
    private static final int PAGE = 4096; // what a tmpfs counts in
    private final DoorSetup setup = DoorSetup.usual();

    @BeforeEach
    void mount() throws IOException {
        assumeTrue(
                System.getProperty("user.name").equals("root"), "only root can mount a small disk");
        Files.createDirectory(setup.home());
        Ran.of(
                        Duration.ofSeconds(10),
                        List.of(
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                "size=4m,mode=0755",
                                "keyhole-test",
                                setup.home().toString()))
                .orFail();
    }

    @AfterEach
    void unmount() {
        Ran.of(Duration.ofSeconds(10), "umount", setup.home().toString());
        Places.remove(setup.place());
    }

    @ParameterizedTest(name = "with {0} pages left")
    @ValueSource(ints = {0, 2, 6})
    void saysSoAndLeavesNothingHalfWritten(int pagesLeft) throws IOException {
        Path ballast = setup.home().resolve("ballast");
        fill(ballast);
        shorten(ballast, pagesLeft);

        Ran up = Starts.up(setup);

        assertThat(up.exit()).as(up.toString()).isEqualTo(1);
        assertThat(up.stderr())
                .containsIgnoringCase("no space left")
                .doesNotContain("Exception:")
                .doesNotContain("\tat ");
        Starts.assertNothingRuns(setup.home());
        assertThat(emptyOrUnfinished()).isEmpty();
    }

    private static void fill(Path ballast) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[PAGE]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    private static void shorten(Path ballast, int pages) throws IOException {
        try (var channel =
                java.nio.channels.FileChannel.open(
                        ballast, java.nio.file.StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - (long) pages * PAGE);
        }
    }

    /** Keys, records and configs are there whole or not at all; a lock and a log may be empty. */
    private List<Path> emptyOrUnfinished() throws IOException {
        try (Stream<Path> all = Files.walk(setup.home())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(lock|log)"))
                    .filter(file -> size(file) == 0 || file.toString().matches(".*\\.(new|tmp)"))
                    .toList();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

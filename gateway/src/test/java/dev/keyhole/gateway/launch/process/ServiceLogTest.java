package dev.keyhole.gateway.launch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogTest {
    @TempDir private Path directory;

    @Test
    void theLastLinesComeOldestFirst() throws IOException {
        Path file = Files.writeString(directory.resolve("a.log"), "one\ntwo\nthree\n");

        assertThat(new ServiceLog(file).last(2)).containsExactly("two", "three");
    }

    @Test
    void aServiceThatNeverRanHasNoLines() {
        assertThat(new ServiceLog(directory.resolve("none.log")).last(5)).isEmpty();
    }

    @Test
    void coloursAreDroppedAndOtherTerminalSequencesDefused() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("a.log"),
                        "\u001b[32mready\u001b[0m \u001b]0;title\u0007\u202e\n");

        assertThat(new ServiceLog(file).last(1))
                .containsExactly("ready \ufffd]0;title\ufffd\ufffd");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "key\n");
        Path link = Files.createSymbolicLink(directory.resolve("a.log"), secret);

        assertThat(new ServiceLog(link).last(5)).isEmpty();
    }

    @Test
    void aLineWithoutEndIsCut() throws IOException {
        Path file = Files.writeString(directory.resolve("a.log"), "x".repeat(2_000_000));

        assertThat(new ServiceLog(file).last(5)).singleElement().asString().hasSizeLessThan(1_010);
    }
}

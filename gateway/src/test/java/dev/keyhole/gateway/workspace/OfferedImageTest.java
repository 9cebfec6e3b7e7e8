package dev.keyhole.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workspaces are offered, and the way back. */
class OfferedImageTest {
    private static final String ONE = "registry.example:5000/team/one@sha256:" + "1".repeat(64);
    private static final String TWO = "registry.example:5000/team/one:2@sha256:" + "2".repeat(64);

    @TempDir private Path folder;

    @Test
    void withoutAFileNothingIsOffered() throws IOException {
        assertThat(OfferedImage.read(folder.resolve("images/offered"))).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAndTheOneBeforeIsKept() throws IOException {
        var file = folder.resolve("images/offered");
        var offer = new OfferedImage(ONE, Optional.empty()).followedBy(TWO);
        offer.write(file);
        assertThat(file).hasContent("current " + TWO + "\nformer " + ONE + "\n");
        assertThat(OfferedImage.read(file)).contains(new OfferedImage(TWO, Optional.of(ONE)));
        assertThat(folder.resolve("images")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void rollingBackTwiceIsWhereItBegan() {
        var offer = new OfferedImage(TWO, Optional.of(ONE));
        assertThat(offer.rolledBack()).contains(new OfferedImage(ONE, Optional.of(TWO)));
        assertThat(offer.rolledBack().flatMap(OfferedImage::rolledBack)).contains(offer);
        assertThat(new OfferedImage(ONE, Optional.empty()).rolledBack()).isEmpty();
    }

    @Test
    void theSameAgainForgetsNoFormerOne() {
        var offer = new OfferedImage(TWO, Optional.of(ONE));
        assertThat(offer.followedBy(TWO)).isEqualTo(offer);
    }

    @Test
    void whatIsNotPinnedIsNeverOffered() throws IOException {
        assertThatThrownBy(() -> new OfferedImage("team/one:latest", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        var file = Files.writeString(folder.resolve("offered"), "current team/one:latest\n");
        assertThatThrownBy(() -> OfferedImage.read(file)).isInstanceOf(IOException.class);
        Files.writeString(file, "former " + ONE + "\n");
        assertThatThrownBy(() -> OfferedImage.read(file)).isInstanceOf(IOException.class);
    }
}

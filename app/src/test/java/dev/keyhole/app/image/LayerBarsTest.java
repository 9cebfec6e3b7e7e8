package dev.keyhole.app.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.boot.ProgressLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** What a person sees while layers arrive. */
class LayerBarsTest {
    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String TWO = "sha256:" + "2".repeat(64);

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void oneBarStandsForAllLayersByTheirBytes() {
        var bars = bars(true);
        bars.begins(ONE, 3_000_000);
        bars.begins(TWO, 1_000_000);
        bars.received(ONE, 2_000_000);
        assertThat(bars.text())
                .isEqualTo("Downloading [############............] 2.0 MB of 4.0 MB, 2 layers");
        bars.ends(ONE);
        bars.ends(TWO);
        assertThat(bars.text()).contains("[########################] 4.0 MB of 4.0 MB");
    }

    @Test
    void aRegistryThatSaysLessThanItSendsDoesNotOverflowTheBar() {
        var bars = bars(true);
        bars.begins(ONE, 10);
        bars.received(ONE, 1_000_000);
        assertThat(bars.text()).contains("[########################] 0.0 MB of 0.0 MB, 1 layer");
    }

    @Test
    void withoutATerminalALineTellsEachLayerOnce() {
        var bars = bars(false);
        bars.begins(ONE, 3_000_000);
        bars.received(ONE, 1_000_000);
        bars.received(ONE, 2_000_000);
        bars.ends(ONE);
        assertThat(shown.toString(UTF_8))
                .isEqualTo("Downloading layer 111111111111, 3.0 MB" + System.lineSeparator());
    }

    private LayerBars bars(boolean live) {
        return new LayerBars(new ProgressLine(new PrintStream(shown, true, UTF_8), live), live);
    }
}

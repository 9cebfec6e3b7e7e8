package dev.keyhole.gateway.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void elsewhereThanOnATerminalEachStepIsALineOnce() {
        ProgressLine progress = progress(false);
        progress.step("one");
        progress.step("one");
        progress.step("two");
        progress.say("done");

        assertThat(screen.toString(UTF_8)).isEqualTo("one\ntwo\ndone\n");
    }

    @Test
    void onATerminalOneLineIsRewrittenAndClearedInTheEnd() {
        ProgressLine progress = progress(true);
        progress.step("one");
        progress.step("two");
        progress.done();
        progress.done();

        assertThat(screen.toString(UTF_8)).isEqualTo("\r\033[Kone ...\r\033[Ktwo ...\r\033[K");
    }

    private ProgressLine progress(boolean live) {
        return new ProgressLine(new PrintStream(screen, true, UTF_8), live);
    }
}

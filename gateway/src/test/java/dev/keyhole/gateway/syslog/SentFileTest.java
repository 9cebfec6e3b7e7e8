package dev.keyhole.gateway.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.audit.ReadPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentFileTest {
    private static final Sent SENT = new Sent(new ReadPlace(100, 2_000), 107, "0a".repeat(32), 300);

    @TempDir private Path directory;

    @Test
    void whatWasKeptIsReadAgain() throws IOException {
        file("aa").write(SENT);
        assertThat(file("aa").read()).isEqualTo(SENT);
        file("aa").write(Sent.NOTHING);
        assertThat(file("aa").read()).isEqualTo(Sent.NOTHING);
    }

    @Test
    void aPlaceOfAnotherChainIsNone() throws IOException {
        file("aa").write(SENT);
        assertThat(file("bb").read()).isEqualTo(Sent.NOTHING);
    }

    @Test
    void withoutAFileOrWithADamagedOneItBeginsAtTheBeginning() throws IOException {
        assertThat(file("aa").read()).isEqualTo(Sent.NOTHING);
        Files.writeString(directory.resolve("place"), "aa 100");
        assertThat(file("aa").read()).isEqualTo(Sent.NOTHING);
    }

    private SentFile file(String chain) {
        return new SentFile(directory.resolve("place"), chain);
    }
}

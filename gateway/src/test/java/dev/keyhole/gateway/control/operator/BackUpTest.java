package dev.keyhole.gateway.control.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.access.StoreUnavailable;
import dev.keyhole.gateway.control.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackUpTest {
    @Test
    void theLinesTogetherAreTheBytesAndTheAnswerHasTheirDigest() throws Exception {
        byte[] store = new byte[150_000];
        new Random(7).nextBytes(store);
        Joined joined = new Joined();

        Answer answer =
                new BackUp(() -> new ByteArrayInputStream(store))
                        .prepare(new Fields(Map.of()))
                        .deed()
                        .run(joined);

        assertThat(joined.bytes.toByteArray()).isEqualTo(store);
        assertThat(answer.document())
                .isEqualTo(
                        Map.of(
                                "bytes",
                                150_000L,
                                "sha256",
                                HexFormat.of()
                                        .formatHex(
                                                MessageDigest.getInstance("SHA-256")
                                                        .digest(store))));
    }

    @Test
    void aStoreThatCannotBeCopiedIsSaidToHaveNoBackup() {
        BackUp verb =
                new BackUp(() -> {
                    throw new StoreUnavailable("The disk is full.", new IOException());
                });

        assertThatThrownBy(() -> verb.prepare(new Fields(Map.of())).deed().run(new Joined()))
                .hasMessageContaining("STORE_UNAVAILABLE: The disk is full. There is no backup.");
    }

    private static final class Joined implements Talk {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void progress(String text) {}

        @Override
        public void line(String text) {
            bytes.writeBytes(Base64.getDecoder().decode(text));
        }

        @Override
        public void quiet() {}
    }
}

package dev.keyhole.gateway.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ByteQueueTest {
    private final ByteQueue queue = new ByteQueue();

    @Test
    void bytesComeOutInTheOrderTheyWentIn() throws InterruptedException {
        put("ab");
        put("c");
        queue.end();
        assertThat(taken()).isEqualTo("abc");
        assertThat(queue.take()).isNull();
    }

    @Test
    void whatIsLeftAtTheEndIsStillTaken() throws InterruptedException {
        put("x".repeat(100_000));
        queue.end();
        assertThat(taken()).hasSize(100_000);
    }

    @Test
    void smallPiecesShareAChunk() throws InterruptedException {
        for (int i = 0; i < 30_000; i++) {
            put("y");
        }
        ByteBuffer chunk = queue.take();
        assertThat(Objects.requireNonNull(chunk).remaining()).isEqualTo(30_000);
    }

    @Test
    void nothingIsKeptOnceNobodyTakesIt() throws InterruptedException {
        put("abc");
        queue.discard();
        put("def");
        queue.end();
        assertThat(queue.take()).isNull();
    }

    private void put(String text) {
        queue.put(text.getBytes(US_ASCII), 0, text.length());
    }

    private String taken() throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (ByteBuffer chunk = queue.take(); chunk != null; chunk = queue.take()) {
            text.append(US_ASCII.decode(chunk));
        }
        return text.toString();
    }
}

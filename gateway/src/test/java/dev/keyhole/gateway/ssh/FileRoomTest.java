package dev.keyhole.gateway.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FileRoomTest {
    private static final long LIMIT = 256;
    private static final long RESERVE = 48;

    private final AtomicLong limit = new AtomicLong(LIMIT);
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong now = new AtomicLong();
    private final FileRoom room = new FileRoom(limit::get, open::get, now::get);

    @Test
    void thereIsRoomUpToTheReserve() {
        open.set(LIMIT - RESERVE);

        assertThat(room.takesOneMore()).isTrue();
    }

    @Test
    void theReserveIsNotForConnections() {
        open.set(LIMIT - RESERVE + 1);

        assertThat(room.takesOneMore()).isFalse();
    }

    @Test
    void betweenTwoCountsEachConnectionCountsAsOne() {
        open.set(LIMIT - RESERVE - 1);

        assertThat(room.takesOneMore()).isTrue();
        assertThat(room.takesOneMore()).isTrue();
        assertThat(room.takesOneMore()).isFalse();
    }

    @Test
    void roomThatCameBackIsSeenAtTheNextCount() {
        open.set(LIMIT);
        assertThat(room.takesOneMore()).isFalse();
        open.set(0);
        assertThat(room.takesOneMore()).isFalse();

        now.addAndGet(Duration.ofMillis(101).toNanos());

        assertThat(room.takesOneMore()).isTrue();
    }

    @Test
    void aProcessWithPlentyKeepsFiveHundredAndTwelveBack() {
        FileRoom large = new FileRoom(() -> 1_048_576, open::get, now::get);
        open.set(1_048_576 - 512);
        assertThat(large.takesOneMore()).isTrue();

        open.set(1_048_576 - 511);
        now.addAndGet(Duration.ofMillis(101).toNanos());

        assertThat(large.takesOneMore()).isFalse();
    }

    @Test
    void aLimitThatIsRaisedMeanwhileCounts() {
        open.set(LIMIT);
        assertThat(room.takesOneMore()).isFalse();

        limit.set(2 * LIMIT);
        now.addAndGet(Duration.ofMillis(101).toNanos());

        assertThat(room.takesOneMore()).isTrue();
    }
}

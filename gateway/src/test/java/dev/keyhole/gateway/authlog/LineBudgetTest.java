package dev.keyhole.gateway.authlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
    private static final Instant AT = Instant.parse("2026-11-23T07:12:13Z");
    private static final Instant LATER = AT.plus(LineBudget.WINDOW);

    private final LineBudget budget = new LineBudget(new AuthLine(1));

    @BeforeEach
    void begin() {
        assertThat(budget.next(AT)).isEmpty();
    }

    @Test
    void aSourceGetsTenLinesAndThenACount() {
        assertThat(lines(1, 10)).hasSize(10).noneMatch(line -> line.contains("count="));
        assertThat(lines(1, 32)).isEmpty();
        assertThat(budget.next(LATER))
                .singleElement()
                .asString()
                .contains("source=10.0.0.1 port=0 session=- code=AUTH_FAILED count=32 login=\"\"");
    }

    @Test
    void aNewWindowGivesLinesAgain() {
        lines(1, 20);
        assertThat(budget.isOver(LATER.minusMillis(1))).isFalse();
        assertThat(budget.isOver(LATER)).isTrue();
        budget.next(LATER);
        assertThat(lines(1, 1)).hasSize(1);
        assertThat(budget.next(LATER)).isEmpty();
    }

    @Test
    void whoFailsOnceIsNotCounted() {
        lines(1, 1);
        assertThat(budget.next(LATER)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackEndsTheWindow() {
        lines(1, 1);
        assertThat(budget.isOver(AT.minusSeconds(1))).isTrue();
    }

    @Test
    void aMillionFailuresOfManySourcesAreAFewLinesAndNoneIsForgotten() {
        long written = 0;
        for (int source = 0; source < 10_000; source++) {
            written += lines(source, 100).size();
        }
        List<String> counts = budget.next(LATER);
        assertThat(written).isEqualTo(LineBudget.MOST_OF_ALL);
        assertThat(counts).hasSize(LineBudget.MOST_COUNTED + 1);
        assertThat(counts.getLast()).contains("source=many port=0 session=- code=MANY");
        assertThat(written + counts.stream().mapToLong(LineBudgetTest::count).sum())
                .isEqualTo(1_000_000);
    }

    @Test
    void whatFoundNoRoomInTheQueueIsCountedToo() {
        budget.lost(7);
        assertThat(budget.next(LATER)).singleElement().asString().contains("many").contains("=7 ");
    }

    private static long count(String line) {
        return Long.parseLong(line.replaceAll(".* count=(\\d+) .*", "$1"));
    }

    private List<String> lines(int source, int times) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            budget.take(refused(source)).ifPresent(lines::add);
        }
        return lines;
    }

    private static Refused refused(int source) {
        try {
            byte[] address = {10, (byte) (source >> 16), (byte) (source >> 8), (byte) source};
            return new Refused(
                    AT,
                    new Source(InetAddress.getByAddress(address), 1),
                    Optional.empty(),
                    Code.AUTH_FAILED,
                    "ada",
                    "");
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.keyhole.gateway.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.model.SourceGroup;
import dev.keyhole.gateway.model.StartupRules;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The random early drop: OpenSSH's shape, and who goes. */
class StartupsTest {
    private static final StartupRules SHAPE = new StartupRules(10, 30, 100);

    private final Startups startups = new Startups(SHAPE, new Random(7));
    private int hosts;

    private Ticket from(String address) {
        return new Ticket(SourceGroup.parse(address), 0, false);
    }

    private Ticket fromSomewhere() {
        hosts++;
        return from("10.0." + hosts / 256 + "." + hosts % 256);
    }

    @Test
    void theChanceGrowsFromBeginToFull() {
        assertThat(SHAPE.percent(9)).isZero();
        assertThat(SHAPE.percent(10)).isEqualTo(30);
        assertThat(SHAPE.percent(55)).isEqualTo(65);
        assertThat(SHAPE.percent(99)).isEqualTo(99);
        assertThat(SHAPE.percent(100)).isEqualTo(100);
        assertThat(new StartupRules(10, 100, 100).percent(10)).isEqualTo(100);
    }

    @Test
    void aShapeIsReadAndOtherTextIsNot() {
        assertThat(StartupRules.parse("10:30:100")).isEqualTo(SHAPE).hasToString("10:30:100");
        for (String text :
                new String[] {"10", "10:30", "0:30:100", "10:0:100", "10:101:100", "11:30:10"}) {
            assertThatThrownBy(() -> StartupRules.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("10:30:100");
        }
    }

    @Test
    void nobodyIsDroppedBelowBeginAndNobodyGetsInAboveFull() {
        for (int arrival = 0; arrival < 10; arrival++) {
            assertThat(startups.arrive(fromSomewhere(), 0).in()).isTrue();
        }
        int in = 0;
        for (int arrival = 0; arrival < 2_000; arrival++) {
            in += startups.arrive(fromSomewhere(), 0).in() ? 1 : 0;
        }
        assertThat(in).isEqualTo(90);
        assertThat(startups.waiting()).isEqualTo(100);
    }

    @Test
    void aboutThreeOfTenAreDroppedAtBegin() {
        int dropped = 0;
        for (int round = 0; round < 1_000; round++) {
            Startups fresh = new Startups(SHAPE, new Random(round));
            for (int arrival = 0; arrival < 10; arrival++) {
                fresh.arrive(fromSomewhere(), 0);
            }
            dropped += fresh.arrive(fromSomewhere(), 0).in() ? 0 : 1;
        }
        assertThat(dropped).isBetween(240, 360);
    }

    @Test
    void aFloodOfFewSourcesDisplacesItselfAndNobodyElse() {
        for (int arrival = 0; arrival < 2_000; arrival++) {
            startups.arrive(from("203.0.113." + arrival % 5), 0);
        }
        for (int login = 0; login < 100; login++) {
            Ticket honest = fromSomewhere();
            Startups.Verdict verdict = startups.arrive(honest, 0);
            assertThat(verdict.in()).as("login " + login).isTrue();
            verdict.instead()
                    .ifPresent(victim ->
                            assertThat(victim.source().toString()).startsWith("203.0.113."));
            assertThat(startups.waiting()).isLessThanOrEqualTo(100);
            startups.leave(honest);
            startups.arrive(from("203.0.113.1"), 0);
        }
    }

    @Test
    void aConnectionThatSitsThereMakesRoomForOneOfTheSameSource() {
        for (int arrival = 0; arrival < 1_000; arrival++) {
            startups.arrive(from("203.0.113.1"), 0);
        }
        assertThat(startups.arrive(from("203.0.113.1"), Duration.ofSeconds(5).toNanos()).in())
                .isFalse();
        Startups.Verdict later =
                startups.arrive(from("203.0.113.1"), Duration.ofSeconds(6).toNanos());
        assertThat(later.in()).isTrue();
        assertThat(later.instead()).isPresent();
    }

    @Test
    void leavingTwiceCountsOnce() {
        Ticket one = fromSomewhere();
        Ticket other = fromSomewhere();
        startups.arrive(one, 0);
        startups.arrive(other, 0);
        assertThat(startups.leave(one)).isTrue();
        assertThat(startups.leave(one)).isFalse();
        assertThat(startups.waiting()).isEqualTo(1);
        assertThat(startups.of(other.source())).isEqualTo(1);
    }
}

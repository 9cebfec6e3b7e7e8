package dev.keyhole.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.PrincipalName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleRuleTest {
    private static final Activity NOTHING = new Activity(0, 0, 0, true);
    private static final Duration TWO_HOURS = Duration.ofHours(2);
    private static final IdleRule RULE = new IdleRule(Optional.of(TWO_HOURS));
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final KeptBy.Keep KEEP =
            new KeptBy.Keep(new PrincipalName("ada"), NOON.plus(Duration.ofHours(1)));

    @Test
    void whatDoesNotRunIsNotStopped() {
        assertThat(RULE.decide(signs(false, 0, 0, NOTHING, Optional.empty())))
                .isEqualTo(new IdleVerdict.NotRunning());
    }

    @Test
    void everythingThatKeepsItIsNamed() {
        IdleVerdict verdict =
                RULE.decide(signs(true, 2, 1, new Activity(3, 1, 4, true), Optional.of(KEEP)));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        IdleVerdict.Kept.class,
                        kept ->
                                assertThat(kept.by())
                                        .extracting(by -> by.text(NOON))
                                        .containsExactly(
                                                "2 open forwards",
                                                "1 running command",
                                                "3 busy kernels",
                                                "1 open terminal",
                                                "4 connected browsers",
                                                "keep until 13:00 UTC by ada"));
    }

    @Test
    void aServiceThatDoesNotSayWhatItDoesKeepsIt() {
        assertThat(RULE.decide(signs(true, 0, 0, Activity.UNKNOWN, Optional.empty())))
                .isEqualTo(new IdleVerdict.Kept(List.of(new KeptBy.Silence())));
    }

    @Test
    void whatNothingKeepsHasTheRestOfItsTime() {
        assertThat(RULE.decide(signs(true, 0, 0, NOTHING, Optional.empty())))
                .isEqualTo(new IdleVerdict.Stops(TWO_HOURS.minusMinutes(8)));
    }

    @Test
    void withoutATimeNothingIsStopped() {
        assertThat(
                        new IdleRule(Optional.empty())
                                .decide(signs(true, 0, 0, NOTHING, Optional.empty())))
                .isEqualTo(new IdleVerdict.NeverStops());
    }

    @Test
    void theWarningComesATenthOfTheTimeBeforeWithinBounds() {
        assertThat(warning(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(6));
        assertThat(warning(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(1));
        assertThat(warning(Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(15));
        assertThat(warning(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(10));
    }

    private static Duration warning(Duration after) {
        return new IdleRule(Optional.of(after)).warning();
    }

    private static IdleRule.Signs signs(
            boolean running,
            int forwards,
            int commands,
            Activity activity,
            Optional<KeptBy.Keep> keep) {
        return new IdleRule.Signs(
                running, forwards, commands, activity, keep, Duration.ofMinutes(8));
    }
}

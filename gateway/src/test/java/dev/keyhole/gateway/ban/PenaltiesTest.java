package dev.keyhole.gateway.ban;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.SourceGroup;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arithmetic of OpenSSH's srclimit.c: both sides of each bound. */
class PenaltiesTest {
    private static final SourceGroup ONE = SourceGroup.parse("192.0.2.1");
    private static final SourceGroup OTHER = SourceGroup.parse("192.0.2.2");

    private final Random random = new Random(1);
    private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos(); // it overflows meanwhile

    private Penalties table(PenaltyRules rules) {
        return new Penalties(rules, () -> Incident.random(random));
    }

    private static PenaltyRules rules(
            Duration authFailed, Duration noAuth, Duration least, Duration most) {
        Duration any = Duration.ofSeconds(10);
        return PenaltyRules.of(
                PenaltyRules.MOST_SOURCES, authFailed, noAuth, any, any, any, least, most);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private boolean refused(Penalties table, SourceGroup source) {
        return table.enforced(source, now).isPresent();
    }

    /** penalty.sh: authfail:300s min:350s max:900s. */
    @Test
    void oneFailureBelowTheLeastIsRememberedAndTheSecondIsEnforced() {
        Penalties table =
                table(
                        rules(
                                Duration.ofSeconds(300),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(350),
                                Duration.ofSeconds(900)));
        assertThat(table.add(ONE, Offence.AUTH_FAILED, now)).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(refused(table, ONE)).isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(table.add(ONE, Offence.AUTH_FAILED, now)).isPresent();
        pass(Duration.ofSeconds(2));
        assertThat(refused(table, ONE)).isTrue();
        assertThat(refused(table, ONE)).isTrue();
        assertThat(refused(table, OTHER)).isFalse();
    }

    /** penalty.sh, second part: noauth:100s. */
    @Test
    void aSingleOffenceAboveTheLeastIsEnforcedAtOnce() {
        Penalties table =
                table(
                        rules(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(100),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(600)));
        assertThat(table.add(ONE, Offence.NO_AUTH, now)).isPresent();
        assertThat(refused(table, ONE)).isTrue();
    }

    /** penalty-expire.sh: noauth:10s authfail:10s max:20s min:1s. */
    @Test
    void aPenaltyExpires() {
        Penalties table =
                table(
                        rules(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(20)));
        table.add(ONE, Offence.AUTH_FAILED, now);
        pass(Duration.ofSeconds(2));
        assertThat(refused(table, ONE)).isTrue();
        pass(Duration.ofSeconds(11));
        assertThat(refused(table, ONE)).isFalse();
        table.expire(now);
        assertThat(table.size()).isZero();
    }

    @Test
    void theUsualAmountsTakeFourFailuresInARow() {
        Penalties table = table(PenaltyRules.usual());
        for (int failure = 0; failure < 3; failure++) {
            assertThat(table.add(ONE, Offence.AUTH_FAILED, now)).isEmpty();
        }
        assertThat(table.add(ONE, Offence.UNKNOWN_USER, now))
                .hasValueSatisfying(penalty -> {
                    assertThat(penalty.left()).isEqualTo(Duration.ofSeconds(20));
                    assertThat(penalty.counts()).isEqualTo("3 auth-failed, 1 unknown-user");
                });
    }

    @Test
    void exactlyTheLeastIsNotEnforced() {
        Penalties table = table(PenaltyRules.usual());
        for (int failure = 0; failure < 3; failure++) {
            table.add(ONE, Offence.AUTH_FAILED, now);
        }
        assertThat(refused(table, ONE)).isFalse();
    }

    @Test
    void timeTakesAwayAsMuchAsAScannerAddsThatComesOncePerSecond() {
        Penalties table = table(PenaltyRules.usual());
        for (int second = 0; second < 1_000; second++) {
            table.add(ONE, Offence.NO_AUTH, now);
            pass(Duration.ofSeconds(1));
        }
        assertThat(refused(table, ONE)).isFalse();
    }

    @Test
    void penaltiesDoNotAddUpBeyondTheMost() {
        Penalties table = table(PenaltyRules.usual());
        for (int failure = 0; failure < 1_000; failure++) {
            table.add(ONE, Offence.VIOLATION, now);
        }
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(refused(table, ONE)).isTrue();
        pass(Duration.ofNanos(2));
        assertThat(refused(table, ONE)).isFalse();
    }

    @Test
    void anEnforcedPenaltyStaysEnforcedUntilItsEnd() {
        Penalties table = table(PenaltyRules.usual());
        for (int failure = 0; failure < 4; failure++) {
            table.add(ONE, Offence.AUTH_FAILED, now);
        }
        pass(Duration.ofSeconds(19)); // one second is left, far below the least
        assertThat(refused(table, ONE)).isTrue();
        assertThat(table.add(ONE, Offence.NO_AUTH, now)).as("it begins only once").isEmpty();
        assertThat(refused(table, ONE)).isTrue();
    }

    @Test
    void aFullTableLetsGoOfWhatEndsSoonest() {
        Penalties table = table(small(3));
        SourceGroup worst = SourceGroup.parse("198.51.100.1");
        table.add(worst, Offence.VIOLATION, now);
        for (int host = 1; host <= 100; host++) {
            table.add(SourceGroup.parse("203.0.113." + host), Offence.AUTH_FAILED, now);
            pass(Duration.ofMillis(1));
        }
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.overflows()).isEqualTo(98);
        assertThat(refused(table, worst)).isTrue();
    }

    @Test
    void whatHasEndedMakesRoomBeforeAnythingElse() {
        Penalties table = table(small(2));
        table.add(ONE, Offence.NO_AUTH, now);
        pass(Duration.ofSeconds(2));
        table.add(OTHER, Offence.AUTH_FAILED, now);
        table.add(SourceGroup.parse("192.0.2.3"), Offence.AUTH_FAILED, now);
        assertThat(table.overflows()).isZero();
    }

    @Test
    void aMillionSourcesAreASmallTable() {
        Penalties table = table(PenaltyRules.usual());
        for (int source = 0; source < 1_000_000; source++) {
            String address =
                    "10." + (source >> 16) + "." + (source >> 8 & 255) + "." + (source & 255);
            table.add(SourceGroup.parse(address), Offence.AUTH_FAILED, now);
        }
        assertThat(table.size()).isEqualTo(PenaltyRules.MOST_SOURCES);
        assertThat(table.active()).isZero();
    }

    @Test
    void rotatingThroughASixtyFourIsOneSource() {
        Penalties table = table(PenaltyRules.usual());
        for (int host = 1; host <= 4; host++) {
            table.add(SourceGroup.parse("2001:db8::" + host), Offence.AUTH_FAILED, now);
        }
        assertThat(refused(table, SourceGroup.parse("2001:db8::ffff"))).isTrue();
        assertThat(refused(table, SourceGroup.parse("2001:db8:0:1::1"))).isFalse();
    }

    @Test
    void whatIsForgivenIsForgotten() {
        Penalties table = table(PenaltyRules.usual());
        table.add(ONE, Offence.VIOLATION, now);
        table.forgive(ONE);
        assertThat(refused(table, ONE)).isFalse();
        assertThat(table.active()).isZero();
        assertThat(table.outstanding(ONE, now)).isEmpty();
    }

    private static PenaltyRules small(int sources) {
        PenaltyRules usual = PenaltyRules.usual();
        return new PenaltyRules(usual.amounts(), usual.least(), usual.most(), sources);
    }
}

package dev.keyhole.gateway.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.audit.ReadPlace;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OnItsWayTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final OnItsWay onItsWay = new OnItsWay(0);

    @Test
    void aBatchHasArrivedWhenItIsConfirmedAndTheConnectionStoodAMoment() throws IOException {
        onItsWay.add(upTo(5), 100, 0);
        assertThat(onItsWay.arrived(0, SECOND)).isEmpty();
        assertThat(onItsWay.arrived(0, 2 * SECOND)).contains(upTo(5));
        assertThat(onItsWay.isEmpty()).isTrue();
    }

    @Test
    void whatIsNotConfirmedHasNotArrivedHoweverOldItIs() throws IOException {
        onItsWay.add(upTo(5), 100, 0);
        onItsWay.add(upTo(9), 100, 0);
        assertThat(onItsWay.arrived(101, 50 * SECOND)).isEmpty();
        assertThat(onItsWay.arrived(100, 50 * SECOND)).contains(upTo(5));
        assertThat(onItsWay.arrived(1, 50 * SECOND)).isEmpty();
        assertThat(onItsWay.arrived(0, 50 * SECOND)).contains(upTo(9));
    }

    @Test
    void aReceiverThatConfirmsNothingForAMinuteIsGivenUp() throws IOException {
        onItsWay.add(upTo(5), 100, 0);
        assertThat(onItsWay.arrived(1, 60 * SECOND)).isEmpty();
        assertThatThrownBy(() -> onItsWay.arrived(1, 61 * SECOND))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("confirmed nothing");
    }

    @Test
    void aConnectionStandsAfterTwoSecondsAndLastsAfterAMinute() {
        assertThat(onItsWay.stands(2 * SECOND - 1)).isFalse();
        assertThat(onItsWay.stands(2 * SECOND)).isTrue();
        assertThat(onItsWay.lasts(60 * SECOND - 1)).isFalse();
        assertThat(onItsWay.lasts(60 * SECOND)).isTrue();
    }

    private static Sent upTo(long sequence) {
        return new Sent(ReadPlace.START, sequence, "", 0);
    }
}

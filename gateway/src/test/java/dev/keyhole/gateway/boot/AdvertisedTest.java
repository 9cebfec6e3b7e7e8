package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedTest {
    private static final String LOGIN = "198.51.100.7 50000 203.0.113.9 22";

    @Test
    void whatThePersonSaysComesFirst() {
        assertThat(Advertised.choose(Optional.of("gpu.example"), Optional.of(LOGIN), "box"))
                .isEqualTo(new Advertised("gpu.example", false));
    }

    @Test
    void theAddressThatTheSshLoginReachedComesNext() {
        assertThat(Advertised.choose(Optional.empty(), Optional.of(LOGIN), "box"))
                .isEqualTo(new Advertised("203.0.113.9", false));
    }

    @Test
    void theMachinesOwnNameIsAGuess() {
        assertThat(Advertised.choose(Optional.empty(), Optional.empty(), "box"))
                .isEqualTo(new Advertised("box", true));
    }

    @Test
    void anInsideAddressReachedFromOutsideIsAGuess() {
        assertThat(
                        Advertised.choose(
                                Optional.empty(),
                                Optional.of("198.51.100.7 5 172.31.0.4 22"),
                                "box"))
                .isEqualTo(new Advertised("172.31.0.4", true));
        assertThat(
                        Advertised.choose(
                                Optional.empty(), Optional.of("10.0.0.7 5 10.0.0.4 22"), "box"))
                .isEqualTo(new Advertised("10.0.0.4", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b c d", "198.51.100.7 5 $(reboot) 22", "1 2 3"})
    void aDamagedVariableIsIgnored(String variable) {
        assertThat(Advertised.choose(Optional.empty(), Optional.of(variable), "box").host())
                .isEqualTo("box");
    }
}

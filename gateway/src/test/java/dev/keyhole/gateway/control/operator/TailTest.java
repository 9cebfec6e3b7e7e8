package dev.keyhole.gateway.control.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TailTest {
    @Test
    void onlyWhatCameLaterIsNew() {
        assertThat(Tail.fresh(List.of("a", "b"), List.of("a", "b", "c"))).containsExactly("c");
        assertThat(Tail.fresh(List.of("a", "b", "c"), List.of("b", "c", "d")))
                .as("the oldest fell out of the window")
                .containsExactly("d");
        assertThat(Tail.fresh(List.of("a"), List.of("a"))).isEmpty();
        assertThat(Tail.fresh(List.of(), List.of("a"))).containsExactly("a");
    }

    @Test
    void aLogThatBeganAnewIsNewAsAWhole() {
        assertThat(Tail.fresh(List.of("a", "b"), List.of("x"))).containsExactly("x");
    }
}

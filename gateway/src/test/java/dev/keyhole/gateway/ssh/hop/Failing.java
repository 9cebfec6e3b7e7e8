package dev.keyhole.gateway.ssh.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyhole.gateway.workspace.HopFailure;
import dev.keyhole.wire.Code;

/** Asserts how a use of a hop is refused. */
final class Failing {
    private Failing() {}

    interface Use {
        Object run() throws Exception;
    }

    static void assertFails(Code code, Use use) {
        assertThatThrownBy(use::run)
                .isInstanceOfSatisfying(
                        HopFailure.class,
                        failure ->
                                assertThat(failure.refusal().code())
                                        .as(failure.refusal().toString())
                                        .isEqualTo(code));
    }
}

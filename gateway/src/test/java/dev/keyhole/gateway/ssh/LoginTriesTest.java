package dev.keyhole.gateway.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginTriesTest {
    private final LoginTries tries = new LoginTries();

    @Test
    void theSixthFailureIsOneTooMany() {
        for (int i = 1; i < LoginTries.MOST; i++) {
            assertThat(fail("ada", "publickey")).isFalse();
        }
        assertThat(fail("ada", "publickey")).isTrue();
    }

    @Test
    void askingOnceWhichMethodsThereAreIsFree() {
        assertThat(fail("ada", "none")).isFalse();
        assertThat(tries.failures()).isZero();
        assertThat(fail("ada", "none")).isFalse();
        assertThat(tries.failures()).isEqualTo(1);
    }

    @Test
    void anotherUserNameBreaksTheRules() {
        assertThat(tries.request("ada", "ssh-connection", "publickey")).isEmpty();
        assertThat(tries.request("ada", "ssh-connection", "publickey")).isEmpty();
        assertThat(tries.request("bob", "ssh-connection", "publickey")).isPresent();
    }

    @Test
    void noOtherServiceCanBeLoggedInTo() {
        assertThat(tries.request("ada", "ssh-userauth", "publickey")).isPresent();
    }

    private boolean fail(String login, String method) {
        assertThat(tries.request(login, "ssh-connection", method)).isEmpty();
        return tries.failedOnceTooOften();
    }
}

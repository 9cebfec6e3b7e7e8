package dev.keyhole.gateway.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageRulesTest {
    private final MessageRules rules = new MessageRules();

    @Test
    void anOrdinaryConnectionIsLetThrough() {
        firstKeyExchange();
        assertThat(rules.broken(5, false, 0)).isNull();
        assertThat(rules.broken(50, false, 0)).isNull();
        assertThat(rules.broken(90, true, 0)).isNull();
        assertThat(rules.broken(94, true, 0)).isNull();
    }

    @Test
    void nothingButTheKeyExchangeComesBeforeTheFirstKeys() {
        for (int message : new int[] {2, 3, 4, 5, 7, 50, 90}) {
            assertThat(new MessageRules().broken(message, false, 0)).isNotNull();
        }
    }

    @Test
    void aFillerBetweenKexinitAndNewkeysIsTerrapin() {
        assertThat(rules.broken(20, false, 0)).isNull();
        assertThat(rules.broken(2, false, 0)).isNotNull();
    }

    @Test
    void aRequestDuringTheClientsOwnRekeyBreaksTheProtocol() {
        firstKeyExchange();
        assertThat(rules.broken(20, true, 1 << 20)).isNull();
        assertThat(rules.broken(80, true, 1 << 20)).isNotNull();
    }

    @Test
    void dataMayStillComeAfterOurKexinitUntilTheClientSendsItsOwn() {
        firstKeyExchange();
        assertThat(rules.broken(94, true, 0)).isNull();
    }

    @Test
    void theConnectionProtocolHasToWaitForTheLogin() {
        firstKeyExchange();
        for (int message : new int[] {80, 90, 94, 98, 127}) {
            assertThat(rules.broken(message, false, 0)).isNotNull();
        }
    }

    @Test
    void aClientThatSendsUserauthSuccessIsNotBelieved() {
        firstKeyExchange();
        assertThat(rules.broken(52, false, 0)).isNotNull();
        assertThat(rules.broken(90, false, 0)).isNotNull();
    }

    @Test
    void aServiceRequestMayBeRepeatedButNotForEver() {
        firstKeyExchange();
        int accepted = 0;
        while (rules.broken(5, false, 0) == null) {
            accepted++;
        }
        assertThat(accepted).isBetween(6, 100);
    }

    @Test
    void aBusyClientMayRekeyAsOftenAsItLikes() {
        firstKeyExchange();
        for (int i = 1; i <= 1_000; i++) {
            assertThat(rekey(i * 32_768L)).isTrue();
        }
    }

    @Test
    void rekeysWithoutTrafficAreCut() {
        firstKeyExchange();
        int accepted = 0;
        while (rekey(0)) {
            accepted++;
        }
        assertThat(accepted).isBetween(5, 50);
    }

    private void firstKeyExchange() {
        assertThat(rules.broken(20, false, 0)).isNull();
        assertThat(rules.broken(30, false, 0)).isNull();
        assertThat(rules.broken(21, false, 0)).isNull();
    }

    private boolean rekey(long bytes) {
        return rules.broken(20, true, bytes) == null
                && rules.broken(30, true, bytes) == null
                && rules.broken(21, true, bytes) == null;
    }
}

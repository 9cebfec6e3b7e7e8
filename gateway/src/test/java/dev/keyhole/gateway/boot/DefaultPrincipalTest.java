package dev.keyhole.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultPrincipalTest {
    @ParameterizedTest
    @CsvSource({
        "ada, ada",
        "Ada.Lovelace, ada-lovelace",
        "0xADA, xada",
        "ada@corp.example, ada-corp-example",
        "root, owner",
        "?, owner",
        "'', owner",
        "averyveryverylongusernameindeed, averyveryverylongusernam"
    })
    void aUserNameIsFittedToThePrincipalsGrammar(String user, String principal) {
        assertThat(DefaultPrincipal.of(Optional.empty(), user)).hasToString(principal);
    }

    @Test
    void behindSudoItIsThePersonAndNotRoot() {
        assertThat(DefaultPrincipal.of(Optional.of("ada"), "root")).hasToString("ada");
        assertThat(DefaultPrincipal.of(Optional.of("root"), "root")).hasToString("owner");
    }
}

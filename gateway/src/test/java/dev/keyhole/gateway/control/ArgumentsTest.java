package dev.keyhole.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void wordsAreSplitAtSpacesAndJsonIsAFlagAnywhere() throws UsageError {
        Arguments arguments = Arguments.parse("  logs --json tensorboard -n 5 ");
        assertThat(arguments.json()).isTrue();
        assertThat(arguments.word(0)).contains("logs");
        assertThat(arguments.from(1).word(0)).contains("tensorboard");
        assertThat(arguments.number("-n", 50, 100)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status;id",
                "status $(id)",
                "status `id`",
                "status | id",
                "a\nb",
                "ü",
                "status 'x'",
                "../x/y"
            })
    void whatAShellWouldUnderstandIsRefused(String line) {
        assertThatThrownBy(() -> Arguments.parse(line)).isInstanceOf(UsageError.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"logs -n 0", "logs -n 101", "logs -n", "logs -n x", "logs -n 99999999999"})
    void aNumberOutsideItsRangeIsRefused(String line) throws UsageError {
        Arguments arguments = Arguments.parse(line);
        assertThatThrownBy(() -> arguments.number("-n", 50, 100)).isInstanceOf(UsageError.class);
    }
}

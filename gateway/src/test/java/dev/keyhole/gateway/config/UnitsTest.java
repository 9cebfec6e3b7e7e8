package dev.keyhole.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"1KiB, 1024", "512MiB, 536870912", "16GiB, 17179869184", "2TiB, 2199023255552"})
    void sizesAreReadAndWrittenWithTheirUnit(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
        assertThat(ByteSize.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "16",
                "16GB",
                "16gib",
                "0GiB",
                "-1GiB",
                "1.5GiB",
                "16 GiB",
                "",
                "99999999999GiB"
            })
    void aSizeWithoutAClearUnitIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(text))
                .withMessageContaining("16GiB");
    }

    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "45m, PT45M", "2h, PT2H", "365d, P365D"})
    void timesAreReadAndWrittenWithTheirUnit(String text, Duration duration) {
        assertThat(TimeSpan.parse(text).duration()).isEqualTo(duration);
        assertThat(TimeSpan.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2H", "0h", "1w", "1h30m", "-2h", "2 h", ""})
    void aTimeWithoutAClearUnitIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeSpan.parse(text))
                .withMessageContaining("2h");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:2222, 0.0.0.0:2222",
        "[::1]:0, [0:0:0:0:0:0:0:1]:0",
        "127.0.0.1:65535, 127.0.0.1:65535",
        "unix:/keyhole/run/door.sock, unix:/keyhole/run/door.sock"
    })
    void listenAddressesAreReadAndWritten(String text, String written) {
        assertThat(ListenAddress.parse(text)).hasToString(written);
        assertThat(ListenAddress.parse(written)).isEqualTo(ListenAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2222",
                "localhost:22",
                "::1:22",
                "[127.0.0.1]",
                "0.0.0.0:",
                "0.0.0.0:65536",
                "1.2.3:1",
                "unix:door.sock",
                "unix:",
                "unix:/a-path-of-more-than-107-bytes/1234567890123456789012345678901234567890123456789012345678901234567890123456.sock",
                ":22"
            })
    void whatIsNoAddressOrPortIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ListenAddress.parse(text));
    }
}

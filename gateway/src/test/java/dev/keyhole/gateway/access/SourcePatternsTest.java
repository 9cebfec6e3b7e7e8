package dev.keyhole.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePatternsTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255",
        "192.0.2.7, 192.0.2.7",
        "192.168.*, 192.168.3.4",
        "192.0.2.?, 192.0.2.9",
        "*, 203.0.113.5",
        "*, 2001:db8::1",
        "2001:db8::/32, 2001:db8:ffff::1",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
        "2001:db8::*, 2001:db8:0:0:0:0:0:1",
        "fe80::*, fe80::1",
        "10.0.0.0/8, ::ffff:10.1.2.3"
    })
    void addressesThatMatchArePermitted(String pattern, String source) throws LineRefused {
        assertThat(permits(pattern, source)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.1",
        "192.0.2.?, 192.0.2.10",
        "192.168.*, 10.192.168.1",
        "2001:db8::/32, 2001:db9::1",
        "0.0.0.0/0, 2001:db8::1",
        "'!10.0.0.1', 10.0.0.2",
        "'*,!10.0.0.1', 10.0.0.1",
        "'!10.0.0.0/8,10.0.0.1', 10.0.0.1"
    })
    void addressesThatDoNotMatchOrAreNegatedAreNot(String pattern, String source)
            throws LineRefused {
        assertThat(permits(pattern, source)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "*.example.com",
                "!bad.example.com,*",
                "bad.cafe",
                "dead*",
                "localhost",
                "127.1",
                "010.0.0.1",
                "fe80::1%eth0",
                "",
                "10.0.0.1,",
                "10.0.0.1, 10.0.0.2"
            })
    void hostNamesAndWhatCouldBeOneAreRefusedWithTheLine(String patterns) {
        assertThatThrownBy(() -> SourcePatterns.parse(patterns))
                .isInstanceOf(LineRefused.class)
                .hasMessageContaining("never looked up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/08", "2001:db8::/129"})
    void rangesThatAreNoneAreRefusedWithTheLine(String patterns) {
        assertThatThrownBy(() -> SourcePatterns.parse(patterns)).isInstanceOf(LineRefused.class);
    }

    @Test
    void aHostilePatternTakesNoTime() throws LineRefused {
        assertThat(permits("*1*1*1*1*1*1*1*1*1*1*1*1*1*1*2", "111.111.111.111")).isFalse();
    }

    private static boolean permits(String patterns, String source) throws LineRefused {
        return SourcePatterns.parse(patterns).permit(InetAddress.ofLiteral(source));
    }
}

package dev.keyhole.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceGroupTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7/32",
        "::ffff:192.0.2.7, 192.0.2.7/32",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "fe80::1%1, fe80:0:0:0:0:0:0:0/64"
    })
    void anAddressBelongsToOneGroup(String address, String group) throws UnknownHostException {
        SourceGroup of = SourceGroup.of(InetAddress.getByName(address));
        assertThat(of).hasToString(group);
        assertThat(SourceGroup.parse(group)).isEqualTo(of);
    }

    @Test
    void neighboursInANetworkOfVersionSixAreOne() {
        assertThat(SourceGroup.parse("2001:db8::1")).isEqualTo(SourceGroup.parse("2001:db8::2"));
        assertThat(SourceGroup.parse("2001:db8:0:1::1"))
                .isNotEqualTo(SourceGroup.parse("2001:db8::1"));
        assertThat(SourceGroup.parse("192.0.2.7")).isNotEqualTo(SourceGroup.parse("192.0.2.8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0/24", "2001:db8::/32", "2001:db8::1/128", "host", ""})
    void whatIsLargerOrSmallerIsNone(String text) {
        assertThatThrownBy(() -> SourceGroup.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

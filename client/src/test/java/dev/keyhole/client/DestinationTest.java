package dev.keyhole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @Test
    void aHostAloneLeavesUserAndPortOpen() {
        assertThat(Destination.parse("gpu.example.org"))
                .isEqualTo(
                        new Destination(Optional.empty(), "gpu.example.org", OptionalInt.empty()));
    }

    @Test
    void userHostAndPortAreRead() {
        assertThat(Destination.parse("ada@gpu-1:2022"))
                .isEqualTo(new Destination(Optional.of("ada"), "gpu-1", OptionalInt.of(2022)));
    }

    @Test
    void anSshUrlMeansTheSame() {
        assertThat(Destination.parse("ssh://ada@gpu-1:2022/"))
                .isEqualTo(Destination.parse("ada@gpu-1:2022"));
    }

    @Test
    void ipv6StandsInBracketsWhenAPortFollows() {
        assertThat(Destination.parse("[::1]:2222"))
                .isEqualTo(new Destination(Optional.empty(), "::1", OptionalInt.of(2222)));
        assertThat(Destination.parse("ada@2001:db8::7").host()).isEqualTo("2001:db8::7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "ada@gpu:22", "[::1]:2222", "ada@[2001:db8::7]"})
    void whatIsWrittenBackReadsTheSame(String typed) {
        assertThat(Destination.parse(Destination.parse(typed).typed()))
                .isEqualTo(Destination.parse(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "-oProxyCommand=touch x",
                "-oProxyCommand=x@host",
                "ada@-oProxyCommand=x",
                "$(touch x)",
                "ada$(touch x)@host",
                "host;touch x",
                "host\n",
                "ada\n@host",
                "host\u0000",
                "h%h",
                "ada%r@host",
                "`x`",
                "host:0",
                "host:65536",
                "host:022",
                "host:22x",
                "host:",
                "host:2:3",
                "a b",
                "host/path",
                "ssh://host/path",
                "[::1",
                "[::1]x",
                "[fe80::1%eth0]:22",
                "[1.2.3.4]:22",
                "..",
                "höst",
                "a@b@host",
            })
    void anythingElseIsRefused(String typed) {
        assertThatThrownBy(() -> Destination.parse(typed)).isInstanceOf(BadArgument.class);
    }

    @Test
    void theRefusalCannotDriveTheTerminal() {
        assertThatThrownBy(() -> Destination.parse("\u001b]0;x\u0007\u202e"))
                .message()
                .doesNotContain("\u001b", "\u0007", "\u202e");
    }
}

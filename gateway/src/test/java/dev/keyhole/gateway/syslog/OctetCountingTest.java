package dev.keyhole.gateway.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OctetCountingTest {
    @Test
    void eachMessageStandsBehindItsLengthInBytes() {
        OctetCounting frames = new OctetCounting();
        frames.add("abc".getBytes(UTF_8));
        frames.add("\u00e9".getBytes(UTF_8));
        assertThat(frames.bytes()).isEqualTo("3 abc2 \u00e9".getBytes(UTF_8));
    }

    @Test
    void noTextEndsAMessage() throws IOException {
        OctetCounting frames = new OctetCounting();
        frames.add("<0>1 \n5 <1>1 \0".getBytes(UTF_8));
        frames.add("last".getBytes(UTF_8));
        ReadFrames read = new ReadFrames(new ByteArrayInputStream(frames.bytes()));
        assertThat(read.next()).contains("<0>1 \n5 <1>1 \0");
        assertThat(read.next()).contains("last");
        assertThat(read.next()).isEmpty();
    }
}

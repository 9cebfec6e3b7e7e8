package dev.keyhole.gateway.authlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.model.SessionId;
import dev.keyhole.gateway.model.Source;
import dev.keyhole.wire.Code;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthLineTest {
    private static final Instant AT = Instant.parse("2026-11-23T07:12:13.123Z");
    private static final String ALL =
            "2026-11-23T07:12:13\\.123Z keyhole\\[4711]: refused source=192\\.0\\.2\\.7 port=50122"
                    + " session=c-9vkd2m4-0001 code=AUTH_FAILED login=\"[^\"]*\" client=\"[^\"]*\"";

    private final AuthLine format = new AuthLine(4711);

    @Test
    void whatIsOursComesFirstAndWhatTheClientTypedIsQuoted() throws UnknownHostException {
        assertThat(format.one(refused("192.0.2.7", "ada", "SSH-2.0-OpenSSH_9.2")))
                .isEqualTo(
                        "2026-11-23T07:12:13.123Z keyhole[4711]: refused source=192.0.2.7 port=50122"
                                + " session=c-9vkd2m4-0001 code=AUTH_FAILED login=\"ada\" client=\"SSH-2.0-OpenSSH_9.2\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x from 9.9.9.9 port 1",
                "x\n2026-11-23T07:12:13.123Z keyhole[1]: refused source=9.9.9.9 port=1 code=AUTH_FAILED login=\"\" client=\"\"",
                "\u001b[2J\u001b]0;title\u0007",
                "\" source=9.9.9.9 port=1 code=AUTH_FAILED login=\"",
                "\\\" client=\"",
                "\u202eevil",
                "\u2028next",
                "\u0085next",
                "\ufffd\u0000\u007f\u009b31m",
                "\ud83d\ude00\ud83d",
                "\r",
            })
    void aClientsTextStaysBetweenItsQuotes(String text) throws UnknownHostException {
        for (String line :
                new String[] {
                    format.one(refused("192.0.2.7", text, "")),
                    format.one(refused("192.0.2.7", "", text))
                }) {
            assertThat(line).matches(ALL).matches("[ -~]*");
        }
    }

    @Test
    void whoWasTurnedAwayBeforeHavingASessionHasNone() throws UnknownHostException {
        Source source = new Source(InetAddress.getByName("192.0.2.7"), 50122);
        assertThat(
                        format.one(
                                new Refused(
                                        AT,
                                        source,
                                        Optional.empty(),
                                        Code.SOURCE_PENALISED,
                                        "",
                                        "")))
                .contains(" port=50122 session=- code=SOURCE_PENALISED login=");
    }

    @Test
    void aLongTextIsCutAndSaysSo() throws UnknownHostException {
        String line = format.one(refused("192.0.2.7", "x".repeat(100_000), "\u202e".repeat(9_999)));
        assertThat(line).matches(ALL).contains("x...\"", "\\u202e...\"").hasSizeLessThan(700);
    }

    @Test
    void versionSixIsWrittenWithoutItsInterface() throws UnknownHostException {
        assertThat(format.one(refused("2001:db8::7", "", "")))
                .contains("source=2001:db8:0:0:0:0:0:7 port");
        assertThat(format.one(refused("fe80::1%1", "", ""))).contains("source=fe80:0:0:0:0:0:0:1 ");
        assertThat(format.one(refused("::ffff:192.0.2.7", "", ""))).contains("source=192.0.2.7 ");
    }

    private static Refused refused(String address, String login, String client)
            throws UnknownHostException {
        Source source = new Source(InetAddress.getByName(address), 50122);
        return new Refused(
                AT,
                source,
                Optional.of(new SessionId("c-9vkd2m4-0001")),
                Code.AUTH_FAILED,
                login,
                client);
    }
}

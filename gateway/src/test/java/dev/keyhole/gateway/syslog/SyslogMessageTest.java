package dev.keyhole.gateway.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyhole.gateway.audit.CheckpointFollower;
import dev.keyhole.gateway.audit.EventLine;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SyslogMessageTest {
    /** The grammar of RFC 5424, section 6, for what we use of it. */
    private static final Pattern RFC5424 =
            Pattern.compile(
                    "<(\\d{1,3})>1 (\\S{20,32}) ([!-~]{1,255}) keyhole (\\d+) ([!-~]{1,32}) "
                            + "(\\[keyhole@32473 sequence=\"\\d+\" chain=\"[0-9a-f]*\"]) (.*)",
                    Pattern.DOTALL);

    private final SyslogMessage format = new SyslogMessage(10, "door-1", 4711, "00ff");

    @Test
    void anEventIsAMessageWithItsNameNumberAndTheWholeLine() {
        String line = line("login-refused", "failure", "x");
        assertThat(text(line))
                .isEqualTo(
                        "<84>1 2026-01-01T12:00:00.000Z door-1 keyhole 4711 login-refused"
                                + " [keyhole@32473 sequence=\"7\" chain=\"00ff\"] "
                                + line);
    }

    @Test
    void theSeverityIsThatOfTheOutcome() {
        assertThat(text(line("login", "success", ""))).startsWith("<86>1 ");
        assertThat(text(line("audit-purged", "unknown", ""))).startsWith("<85>1 ");
        assertThat(text(line("login-refused", "failure", ""))).startsWith("<84>1 ");
        assertThat(text(line("audit-alarm", "failure", ""))).startsWith("<81>1 ");
    }

    @Test
    void theFacilityIsTheOneThatIsConfigured() {
        SyslogMessage local7 = new SyslogMessage(23, "door-1", 1, "00ff");
        assertThat(new String(local7.event(line("login", "success", "")), UTF_8))
                .startsWith("<190>1 ");
    }

    @Test
    void aTextBeyondAsciiBeginsWithABomAndAnAsciiTextDoesNot() {
        assertThat(RFC5424.matcher(text(line("login", "success", "\u00e9")))).matches();
        assertThat(text(line("login", "success", "\u00e9"))).contains("] \uFEFF{");
        assertThat(text(line("login", "success", "e"))).contains("] {").doesNotContain("\uFEFF");
    }

    @Test
    void whatAStrangerTypedStaysInTheText() {
        String evil = "x\\n<0>1 - evil\\\"] [fake@1 a=\\\"b\\\"]";
        String message = text(line("login-refused", "failure", evil));
        var matcher = RFC5424.matcher(message);
        assertThat(matcher).matches();
        assertThat(matcher.group(7)).isEqualTo(line("login-refused", "failure", evil));
        assertThat(message).doesNotContain("\n");
    }

    @Test
    void aHostNameOfAnyShapeIsOneWord() {
        String odd = new String(new SyslogMessage(10, "my host\n", 1, "0").event(plain()), UTF_8);
        assertThat(odd).contains("Z my?host? keyhole 1 ");
        String none = new String(new SyslogMessage(10, "", 1, "0").event(plain()), UTF_8);
        assertThat(none).contains("Z - keyhole 1 ");
    }

    @Test
    void aCheckpointArrivesWithItsLinesInOneLine() {
        var note =
                new CheckpointFollower.Note("keyhole-audit/00\n12\nAAA=\n\n\u2014 x y\n", 12, 99);
        String message =
                new String(format.checkpoint(note, Instant.parse("2026-01-01T12:00:00Z")), UTF_8);
        var matcher = RFC5424.matcher(message);
        assertThat(matcher).matches();
        assertThat(matcher.group(5)).isEqualTo("checkpoint");
        assertThat(message).doesNotContain("\n").contains("sequence=\"12\"");
        assertThat(message).isASCII();
        assertThat(EventLine.of(matcher.group(7)).text("keyhole.checkpoint")).contains(note.text());
    }

    private static String plain() {
        return line("login", "success", "");
    }

    private static String line(String action, String outcome, String login) {
        return "{\"@timestamp\":\"2026-01-01T12:00:00.000Z\",\"event.sequence\":7,\"event.action\":\""
                + action
                + "\",\"event.outcome\":\""
                + outcome
                + "\",\"keyhole.login\":\""
                + login
                + "\"}";
    }

    private String text(String line) {
        return new String(format.event(line), UTF_8);
    }
}

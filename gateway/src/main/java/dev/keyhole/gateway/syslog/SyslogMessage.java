package dev.keyhole.gateway.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyhole.gateway.audit.ChainedLine;
import dev.keyhole.gateway.audit.CheckpointFollower;
import dev.keyhole.gateway.audit.EventLine;
import dev.keyhole.wire.Json;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes an event, or a checkpoint, as one message of RFC 5424: the time and the name of the event in its header, its
 * number and the chain's id as structured data, and the whole line as its text. Immutable.
 *
 * <p>32473 is the enterprise number that IANA keeps for documentation (RFC 5612); Keyhole has none of its own. A text with
 * letters beyond ASCII begins with a BOM, as section 6.4 asks; any other is ASCII and needs none, and is JSON for
 * receivers that know no BOM.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5424#section-6">RFC 5424, section 6</a>
 */
final class SyslogMessage {
    private static final String DATA = "keyhole@32473";
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST_ID = 32;

    private static final int ALERT = 1;
    private static final int WARNING = 4;
    private static final int NOTICE = 5;
    private static final int INFORMATIONAL = 6;

    private final int facility;
    private final String host;
    private final long pid;
    private final String chain;

    /** @param facility 0 to 23, as the RFC numbers them */
    SyslogMessage(int facility, String host, long pid, String chain) {
        this.facility = facility;
        this.host = word(host, LONGEST_HOST);
        this.pid = pid;
        this.chain = chain;
    }

    /**
     * @param line of the audit, as it shall be read elsewhere
     * @throws IllegalArgumentException when it is none
     */
    byte[] event(String line) {
        EventLine event = EventLine.of(line);
        String action = event.text("event.action").orElse("");
        return message(
                severity(action, event.text("event.outcome").orElse("")),
                event.text("@timestamp").orElse("-"),
                action,
                event.text("event.sequence").orElse(""),
                line);
    }

    /** A line of the chain that is no event any more, such as a disk leaves it: still worth a message. */
    byte[] damaged(String line, ChainedLine chained) {
        return message(ALERT, chained.time(), "damaged-line", "" + chained.sequence(), line);
    }

    /** A note has several lines and a dash, which receivers like to mangle; so it is a text of JSON, in ASCII. */
    byte[] checkpoint(CheckpointFollower.Note note, Instant now) {
        String time = now.truncatedTo(ChronoUnit.MILLIS).toString();
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("@timestamp", time);
        text.put("event.action", "checkpoint");
        text.put("keyhole.sequence", note.sequence());
        text.put("keyhole.checkpoint", note.text());
        return message(
                NOTICE,
                time,
                "checkpoint",
                "" + note.sequence(),
                Json.write(text).replace("\u2014", "\\u2014"));
    }

    private static int severity(String action, String outcome) {
        if (action.equals("audit-alarm")) {
            return ALERT;
        }
        return switch (outcome) {
            case "failure" -> WARNING;
            case "success" -> INFORMATIONAL;
            default -> NOTICE;
        };
    }

    private byte[] message(int severity, String time, String id, String sequence, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 200);
        String header =
                "<%d>1 %s %s keyhole %d %s [%s sequence=\"%s\" chain=\"%s\"] "
                        .formatted(
                                facility * 8 + severity,
                                word(time, LONGEST_ID),
                                host,
                                pid,
                                word(id, LONGEST_ID),
                                DATA,
                                parameter(sequence),
                                parameter(chain));
        out.writeBytes(header.getBytes(US_ASCII));
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length != text.length()) {
            out.writeBytes(BOM);
        }
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    /** Printable ASCII without spaces, and never nothing. */
    private static String word(String text, int longest) {
        String clean = text.replaceAll("[^!-~]", "?");
        return clean.isEmpty() ? "-" : clean.substring(0, Math.min(longest, clean.length()));
    }

    /** Section 6.3.3. */
    private static String parameter(String text) {
        return text.replaceAll("[^ -~]", "?").replaceAll("([\"\\\\\\]])", "\\\\$1");
    }
}

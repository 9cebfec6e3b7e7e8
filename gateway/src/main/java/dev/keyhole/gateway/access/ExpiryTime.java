package dev.keyhole.gateway.access;

import dev.keyhole.gateway.model.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of {@code expiry-time=}: {@code YYYYMMDD[HHMM[SS]][Z]}; without {@code Z} it is local time. */
final class ExpiryTime {
    private static final Pattern GRAMMAR =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:(\\d{2})(\\d{2})(\\d{2})?)?(Z)?");

    private ExpiryTime() {}

    static Instant parse(String text, ZoneId zone) throws LineRefused {
        Matcher time = GRAMMAR.matcher(text);
        if (time.matches()) {
            try {
                return LocalDateTime.of(
                                number(time, 1),
                                number(time, 2),
                                number(time, 3),
                                number(time, 4),
                                number(time, 5),
                                number(time, 6))
                        .atZone(time.group(7) == null ? zone : ZoneOffset.UTC)
                        .toInstant();
            } catch (DateTimeException e) {
                // a day that no calendar has; the sentence below fits
            }
        }
        throw new LineRefused(
                "its expiry-time '" + Shown.text(text) + "' is no time",
                "Write it as YYYYMMDD or YYYYMMDDHHMM.");
    }

    private static int number(Matcher time, int group) {
        String digits = time.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}

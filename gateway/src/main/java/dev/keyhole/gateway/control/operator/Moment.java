package dev.keyhole.gateway.control.operator;

import dev.keyhole.gateway.config.TimeSpan;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads when something ends: {@code 30d} from now, a day or a time as ISO 8601 writes it, or the form of {@code
 * expiry-time} in sshd(8). Without a {@code Z} it is the machine's own time. Immutable.
 */
final class Moment {
    private static final Pattern COMPACT =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:(\\d{2})(\\d{2})(\\d{2})?)?(Z)?");
    private static final DateTimeFormatter OF_SSHD =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final ZoneId zone;

    Moment(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException with a sentence for a person, also for a time that has passed */
    Instant parse(String text) {
        Instant at = read(text).truncatedTo(ChronoUnit.SECONDS);
        if (!at.isAfter(clock.instant())) {
            throw new IllegalArgumentException("'" + text + "' has passed; name a time to come");
        }
        return at;
    }

    /**
     * A time that is the same whenever it is read, also one that has passed.
     *
     * @throws IllegalArgumentException with a sentence for a person
     */
    Instant fixed(String text) {
        if (text.matches("\\d+[smhd]")) {
            throw new IllegalArgumentException(
                    "'" + text + "' depends on today; write a day such as 2027-01-31");
        }
        return read(text).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * A time that may have passed, as it stands in the audit; {@code 2h} means two hours ago.
     *
     * @throws IllegalArgumentException with a sentence for a person
     */
    Instant past(String text) {
        if (text.matches("[1-9]\\d{0,5}[smhd]")) {
            return clock.instant().minus(TimeSpan.parse(text).duration());
        }
        if (text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{1,9}Z")) {
            return Instant.parse(text);
        }
        return read(text);
    }

    /** As {@code expiry-time=} of sshd(8) writes it. */
    static String forKeyLine(Instant at) {
        return OF_SSHD.format(at);
    }

    private Instant read(String text) {
        try {
            if (text.matches("[1-9]\\d{0,5}[smhd]")) {
                return clock.instant().plus(TimeSpan.parse(text).duration());
            }
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            if (text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?")) {
                return LocalDateTime.parse(text).atZone(zone).toInstant();
            }
            if (text.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z")) {
                return Instant.parse(text);
            }
            Matcher compact = COMPACT.matcher(text);
            if (compact.matches()) {
                return LocalDateTime.of(
                                number(compact, 1),
                                number(compact, 2),
                                number(compact, 3),
                                number(compact, 4),
                                number(compact, 5),
                                number(compact, 6))
                        .atZone(compact.group(7) == null ? zone : ZoneOffset.UTC)
                        .toInstant();
            }
        } catch (DateTimeException e) {
            // a day that no calendar has; the sentence below fits
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no time; write one such as 30d, 2027-01-31 or 2027-01-31T18:00");
    }

    private static int number(Matcher time, int group) {
        String digits = time.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}

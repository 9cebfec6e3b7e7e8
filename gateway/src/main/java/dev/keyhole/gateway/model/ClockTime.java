package dev.keyhole.gateway.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times and lengths of time as people read them. Door and laptop may be in different time zones, so a time says that it
 * is UTC.
 */
public final class ClockTime {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final Duration NEAR = Duration.ofHours(20);

    private ClockTime() {}

    /** {@code 18:40 UTC}; with its day when that could be another one than the reader thinks. */
    public static String of(Instant time, Instant now) {
        boolean near = Duration.between(now, time).abs().compareTo(NEAR) < 0;
        return (near ? TIME : DAY_AND_TIME).format(time);
    }

    /** {@code 1 h 52 min}, {@code 7 min} or {@code 40 s}. */
    public static String length(Duration duration) {
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() > 0
                        ? duration.toMinutes() + " min"
                        : duration.toSeconds() + " s";
    }
}

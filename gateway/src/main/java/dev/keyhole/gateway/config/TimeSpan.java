package dev.keyhole.gateway.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time with its unit, such as {@code 2h} or {@code 365d}. */
public record TimeSpan(Duration duration) {
    private static final Pattern GRAMMAR = Pattern.compile("([1-9]\\d{0,5})([smhd])");

    public TimeSpan {
        if (duration.isNegative() || duration.isZero() || duration.getNano() != 0) {
            throw new IllegalArgumentException("A time is whole seconds, at least one");
        }
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    public static TimeSpan parse(String text) {
        Matcher span = GRAMMAR.matcher(text);
        if (!span.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time; write a number with s, m, h or d, such as 2h");
        }
        return new TimeSpan(
                Duration.ofSeconds(Long.parseLong(span.group(1)) * unit(span.group(2).charAt(0))));
    }

    private static long unit(char name) {
        return switch (name) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            default -> 86_400;
        };
    }

    /** With the largest unit that divides it; {@link #parse} reads it back. */
    @Override
    public String toString() {
        for (char name : new char[] {'d', 'h', 'm'}) {
            if (duration.toSeconds() % unit(name) == 0) {
                return duration.toSeconds() / unit(name) + "" + name;
            }
        }
        return duration.toSeconds() + "s";
    }
}

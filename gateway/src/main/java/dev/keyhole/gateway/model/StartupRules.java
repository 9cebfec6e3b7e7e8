package dev.keyhole.gateway.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many connections may wait for their login, in the shape of OpenSSH's MaxStartups: from {@code begin} on a new one
 * is dropped with a chance of {@code rate} percent, which grows to certainty at {@code full}.
 */
public record StartupRules(int begin, int rate, int full) {
    private static final Pattern GRAMMAR = Pattern.compile("(\\d{1,5}):(\\d{1,3}):(\\d{1,5})");

    public StartupRules {
        if (begin < 1 || full < begin || rate < 1 || rate > 100) {
            throw new IllegalArgumentException(
                    "'"
                            + begin
                            + ":"
                            + rate
                            + ":"
                            + full
                            + "' is no BEGIN:PERCENT:FULL such as 10:30:100");
        }
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    public static StartupRules parse(String text) {
        Matcher shape = GRAMMAR.matcher(text);
        if (!shape.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no BEGIN:PERCENT:FULL such as 10:30:100");
        }
        return new StartupRules(
                Integer.parseInt(shape.group(1)),
                Integer.parseInt(shape.group(2)),
                Integer.parseInt(shape.group(3)));
    }

    /** Of 100 new connections, how many are dropped while so many wait: {@code should_drop_connection} of sshd.c. */
    public int percent(int waiting) {
        if (waiting < begin) {
            return 0;
        }
        if (waiting >= full || rate == 100) {
            return 100;
        }
        return (100 - rate) * (waiting - begin) / (full - begin) + rate;
    }

    /** The same shape for so many times as many. */
    public StartupRules times(int factor) {
        return new StartupRules(begin * factor, rate, full * factor);
    }

    @Override
    public String toString() {
        return begin + ":" + rate + ":" + full;
    }
}

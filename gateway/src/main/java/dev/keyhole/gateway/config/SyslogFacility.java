package dev.keyhole.gateway.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which part of a machine a syslog message is about (RFC 5424, section 6.2.1); those that fit an audit. */
public enum SyslogFacility {
    USER(1),
    DAEMON(3),
    AUTH(4),
    AUTHPRIV(10),
    AUDIT(13),
    LOCAL0(16),
    LOCAL1(17),
    LOCAL2(18),
    LOCAL3(19),
    LOCAL4(20),
    LOCAL5(21),
    LOCAL6(22),
    LOCAL7(23);

    static final String NOTATION =
            Arrays.stream(values()).map(SyslogFacility::toString).collect(Collectors.joining(", "));

    private final int number;

    SyslogFacility(int number) {
        this.number = number;
    }

    /** As the RFC numbers it. */
    public int number() {
        return number;
    }

    /** @throws IllegalArgumentException with a sentence for a person */
    static SyslogFacility parse(String text) {
        return Arrays.stream(values())
                .filter(one -> one.toString().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'" + text + "' is no facility; known are " + NOTATION));
    }

    /** As a config names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

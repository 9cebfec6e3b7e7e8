package dev.keyhole.gateway.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line says about its place in the chain. These members come first in every line, and before any text of a
 * stranger, so nothing else has to be read.
 *
 * @param time as it is written, UTC
 * @param previous hex of the SHA-256 of the line before
 */
public record ChainedLine(String time, long sequence, String previous) {
    private static final Pattern START =
            Pattern.compile(
                    "\\{\"@timestamp\":\"([^\"]{20,30})\",\"event\\.sequence\":(\\d{1,18}),"
                            + "\"keyhole\\.previous\":\"([0-9a-f]{64})\",");

    /** Empty when it is no line of a chain. */
    public static Optional<ChainedLine> of(String line) {
        Matcher matcher = START.matcher(line);
        return matcher.lookingAt()
                ? Optional.of(
                        new ChainedLine(
                                matcher.group(1),
                                Long.parseLong(matcher.group(2)),
                                matcher.group(3)))
                : Optional.empty();
    }
}

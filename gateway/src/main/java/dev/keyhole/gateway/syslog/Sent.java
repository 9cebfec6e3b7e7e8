package dev.keyhole.gateway.syslog;

import dev.keyhole.gateway.audit.ReadPlace;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where the audit was sent. Immutable.
 *
 * @param place behind the last event
 * @param sequence of that event; 0 before the first
 * @param hash of its line, to tell whether the files are still those that were sent; empty when it is not known
 * @param checkpoints the place behind the last checkpoint
 */
record Sent(ReadPlace place, long sequence, String hash, long checkpoints) {
    static final Sent NOTHING = new Sent(ReadPlace.START, 0, "", 0);

    private static final Pattern LINE =
            Pattern.compile(
                    "([0-9a-f]+) (\\d{1,18}) (\\d{1,18}) (\\d{1,18}) ([0-9a-f]{64}|-) (\\d{1,18})\n");

    /** @param chain whose place it is */
    String text(String chain) {
        return "%s %d %d %d %s %d%n"
                .formatted(
                        chain,
                        place.first(),
                        place.offset(),
                        sequence,
                        hash.isEmpty() ? "-" : hash,
                        checkpoints);
    }

    /** Empty when the text is no place, or one in another chain. */
    static Optional<Sent> parse(String text, String chain) {
        Matcher matcher = LINE.matcher(text);
        if (!matcher.matches() || !matcher.group(1).equals(chain)) {
            return Optional.empty();
        }
        return Optional.of(
                new Sent(
                        new ReadPlace(number(matcher, 2), number(matcher, 3)),
                        number(matcher, 4),
                        matcher.group(5).equals("-") ? "" : matcher.group(5),
                        number(matcher, 6)));
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }
}
